using Selvedge.Routing;

namespace Selvedge.BuildOutput.Paths;

/// <summary>The paths that lead to an output: its own, and those a directory's index adds.</summary>
/// <remarks>
/// What <c>/a</c> may mean is tried in the platform's order: the output <c>a</c>, then <c>a/index</c>, then <c>a/index.html</c>. A
/// file <c>foo.html</c> is not served at <c>/foo</c>; an override or a route has to say so.
/// </remarks>
internal static class LookupForms
{
    private const string Index = "index";
    private const string IndexPage = "index.html";

    /// <summary>Maps every decoded path, without its leading slash, to what it leads to.</summary>
    public static Dictionary<string, RouteTarget> Of(IEnumerable<RouteTarget> outputs)
    {
        var byPath = outputs.ToDictionary(static output => output.OutputPath[1..], StringComparer.Ordinal);
        var forms = new Dictionary<string, RouteTarget>(byPath, StringComparer.Ordinal);

        // The forms that win are added first.
        foreach (var (path, output) in byPath)
        {
            if (IsNamed(path, Index))
                forms.TryAdd(DirectoryOf(path, Index), output);
        }

        foreach (var (path, output) in byPath)
        {
            if (!IsNamed(path, IndexPage))
                continue;
            forms.TryAdd(DirectoryOf(path, IndexPage), output);
            forms.TryAdd(path[..^".html".Length], output);
        }

        return forms;
    }

    private static bool IsNamed(string path, string name) =>
        path.EndsWith(name, StringComparison.Ordinal) && (path.Length == name.Length || path[^(name.Length + 1)] == '/');

    private static string DirectoryOf(string path, string name) => path.Length == name.Length ? "" : path[..^(name.Length + 1)];
}
