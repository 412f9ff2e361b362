using BenchmarkDotNet.Attributes;
using Selvedge.Routing;

namespace Selvedge.Benchmarks.Routing;

/// <summary>Decisions on tables of different sizes: the cost must not grow with the table, but with the routes that share a beginning.</summary>
[MemoryDiagnoser]
public class TableSizeBenchmarks
{
    private Router _router = null!;
    private RouteRequest _file = null!;
    private RouteRequest _last = null!;

    [Params(10, 100, 1000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _router = BenchmarkTables.Rewrites(Routes, memorySize: 0);
        _file = BenchmarkTables.Get("/logo.png");
        _last = BenchmarkTables.Get($"/section{Routes - 2}/7");
    }

    [Benchmark]
    public ValueTask<RouteDecision> StaticFile() => _router.RouteAsync(_file, middleware: null, CancellationToken.None);

    [Benchmark]
    public ValueTask<RouteDecision> LastRewrite() => _router.RouteAsync(_last, middleware: null, CancellationToken.None);
}
