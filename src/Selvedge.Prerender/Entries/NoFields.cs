using Selvedge.Caching.Fields;

namespace Selvedge.Prerender.Entries;

/// <summary>A request without header fields: entries are told apart by their keys alone.</summary>
internal sealed class NoFields : IRequestFields
{
    public static NoFields Instance { get; } = new();

    public string? Get(string name) => null;
}
