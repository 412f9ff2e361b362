using BenchmarkDotNet.Attributes;
using Selvedge.Routing;

namespace Selvedge.Benchmarks.Routing;

/// <summary>Decisions on the table of a Next.js 16 application. Targets: 2 µs remembered, 25 µs fresh.</summary>
[MemoryDiagnoser]
public class Next16Benchmarks
{
    private Router _router = null!;
    private RouteRequest _request = null!;

    [Params("/_next/static/chunks/a.js", "/blog/a", "/blog/hello-world", "/nowhere")]
    public string Path { get; set; } = "";

    [Params(false, true)]
    public bool Remembered { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _router = BenchmarkTables.Next16(Remembered ? 4096 : 0);
        _request = BenchmarkTables.Get(Path);
    }

    [Benchmark]
    public ValueTask<RouteDecision> Decide() => _router.RouteAsync(_request, middleware: null, CancellationToken.None);
}
