using System.Collections.Frozen;
using Selvedge.Caching.Origins;

namespace Selvedge.Server.Caching;

/// <summary>The header lines of a request on behalf of many.</summary>
internal static class SharedRequest
{
    /// <summary>They ask for less than the whole, which the next one may want.</summary>
    public static readonly FrozenSet<string> Conditions = new[]
    {
        "if-modified-since",
        "if-none-match",
        "if-range",
        "range",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A client's lines without its conditions and ranges.</summary>
    public static List<KeyValuePair<string, string>> Whole(IReadOnlyList<KeyValuePair<string, string>> lines) =>
        [.. lines.Where(line => !Conditions.Contains(line.Key))];

    /// <summary>The same, on condition that the response has changed.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> If(
        IReadOnlyList<KeyValuePair<string, string>> lines,
        Validators? validators
    )
    {
        if (validators is null)
        {
            return lines;
        }

        var conditional = new List<KeyValuePair<string, string>>(lines);
        if (validators.EntityTag is { } tag)
        {
            conditional.Add(new("if-none-match", tag));
        }

        if (validators.LastModified is { } date)
        {
            conditional.Add(new("if-modified-since", date));
        }

        return conditional;
    }
}
