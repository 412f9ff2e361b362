using Selvedge.Routing;

namespace Selvedge.Benchmarks.Routing;

/// <summary>A deployment in a dictionary, so that what is measured is routing and not the lookup.</summary>
internal sealed class BenchmarkLookup : ILookup
{
    private readonly Dictionary<string, RouteTarget> _outputs = new(StringComparer.Ordinal);

    public BenchmarkLookup(IEnumerable<string> outputs)
    {
        foreach (var output in outputs)
        {
            var space = output.IndexOf(' ', StringComparison.Ordinal);
            var path = output[(space + 1)..];
            _outputs[path] = new Output(path, Enum.Parse<RouteTargetKind>(output[..space], ignoreCase: true));
        }
    }

    public RouteTarget? Find(string path) => _outputs.GetValueOrDefault(path);

    private sealed class Output(string path, RouteTargetKind kind) : RouteTarget(path, kind);
}
