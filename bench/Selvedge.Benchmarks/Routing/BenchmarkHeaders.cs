using Selvedge.Routing;

namespace Selvedge.Benchmarks.Routing;

/// <summary>The headers a browser sends, in a dictionary.</summary>
internal sealed class BenchmarkHeaders : IRequestHeaders
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "site.test",
        ["accept"] = "text/html,application/xhtml+xml",
        ["accept-language"] = "en-GB,en;q=0.9",
        ["cookie"] = "theme=dark; session=0123456789abcdef",
        ["user-agent"] = "Mozilla/5.0",
    };

    public IEnumerable<string> Names => _headers.Keys;

    public string? Get(string name) => _headers.GetValueOrDefault(name);
}
