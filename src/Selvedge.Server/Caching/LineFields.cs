using Selvedge.Caching.Fields;

namespace Selvedge.Server.Caching;

/// <summary>Shows the cache the header lines of a request that is ready to leave.</summary>
internal sealed class LineFields(IReadOnlyList<KeyValuePair<string, string>> lines) : IRequestFields
{
    /// <inheritdoc/>
    public string? Get(string name) => FieldLines.Combined(lines, name);
}
