using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Tests;

/// <summary>Request fields written down as pairs.</summary>
internal sealed class RequestFields(params (string Name, string Value)[] fields) : IRequestFields
{
    public string? Get(string name)
    {
        var values = fields
            .Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(field => field.Value)
            .ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }
}
