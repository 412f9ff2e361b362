using System.Text;

namespace Selvedge.Prerender.Entries;

/// <summary>The request headers that a prerender's answer depends on.</summary>
internal static class KeyHeaders
{
    /// <summary>The header lines in the order of their names.</summary>
    public static string Of(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var text = default(StringBuilder);
        foreach (var (name, value) in headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            // The length keeps one value from looking like two.
            text ??= new StringBuilder();
            text.Append(name.ToLowerInvariant()).Append(' ').Append(value.Length).Append(':').Append(value).Append('\n');
        }

        return text?.ToString() ?? "";
    }
}
