using Selvedge.Caching.Fields;

namespace Selvedge.Server.Caching;

/// <summary>Shows the cache request fields whose languages have no order (RFC 9110 section 12.5.4).</summary>
/// <param name="fields">The fields.</param>
internal sealed class UnorderedLanguages(IRequestFields fields) : IRequestFields
{
    /// <inheritdoc/>
    public string? Get(string name)
    {
        var value = fields.Get(name);
        return value is not null && name.Equals("accept-language", StringComparison.OrdinalIgnoreCase) ? Sort(value) : value;
    }

    private static string Sort(string languages)
    {
        var members = languages
            .ToLowerInvariant()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(members, StringComparer.Ordinal);
        return string.Join(", ", members);
    }
}
