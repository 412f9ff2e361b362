using System.Text;
using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Phases;

/// <summary>Writes captures the way <c>x-now-route-matches</c> carries them.</summary>
internal static class RouteMatches
{
    /// <summary>
    /// The groups that took part, by number and by name, form-encoded; <see langword="null"/> if there are none, since to Next.js an
    /// empty value means something else.
    /// </summary>
    public static string? Format(CompiledRoute? lead, PathMatch match)
    {
        if (lead is null || lead.Pattern.GroupNames is not { Count: > 0 } names)
            return null;

        var output = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            if (match.Group(i + 1) is not { } value)
                continue;
            var encoded = Uri.EscapeDataString(value);
            output.Append(output.Length == 0 ? "" : "&").Append(i + 1).Append('=').Append(encoded);
            if (names[i] is { } name)
                output.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(encoded);
        }

        return output.Length == 0 ? null : output.ToString();
    }
}
