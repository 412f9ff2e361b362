namespace Selvedge.Routing.Tests.Fakes;

/// <summary>Request headers out of a dictionary.</summary>
internal sealed class FakeHeaders : IRequestHeaders
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Names => _headers.Keys;

    public string this[string name]
    {
        set => _headers[name] = value;
    }

    public string? Get(string name) => _headers.GetValueOrDefault(name);

    public static FakeHeaders Of(params (string Name, string Value)[] headers)
    {
        var fake = new FakeHeaders();
        foreach (var (name, value) in headers)
            fake[name] = value;
        return fake;
    }
}
