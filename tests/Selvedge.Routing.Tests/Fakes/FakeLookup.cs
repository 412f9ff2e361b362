namespace Selvedge.Routing.Tests.Fakes;

/// <summary>
/// A deployment as a list of outputs, each written as its kind and path: <c>static /a.txt</c>, <c>function /api</c>,
/// <c>prerender /blog/[slug]</c>.
/// </summary>
internal sealed class FakeLookup : ILookup
{
    private readonly Dictionary<string, RouteTarget> _outputs = new(StringComparer.Ordinal);

    public FakeLookup(params IEnumerable<string> outputs)
    {
        foreach (var output in outputs)
        {
            var space = output.IndexOf(' ', StringComparison.Ordinal);
            var path = output[(space + 1)..];
            _outputs[path] = new FakeTarget(path, Enum.Parse<RouteTargetKind>(output[..space], ignoreCase: true));
        }
    }

    /// <summary>The paths that were looked up, in order.</summary>
    public List<string> Asked { get; } = [];

    public RouteTarget? Find(string path)
    {
        Asked.Add(path);
        var decoded = Uri.UnescapeDataString(path);
        if (decoded.Length > 1 && decoded.EndsWith('/'))
            decoded = decoded[..^1];
        var folder = decoded.TrimEnd('/');
        return _outputs.GetValueOrDefault(decoded)
            ?? _outputs.GetValueOrDefault(folder + "/index")
            ?? _outputs.GetValueOrDefault(folder + "/index.html");
    }
}
