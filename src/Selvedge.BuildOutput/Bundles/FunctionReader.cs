using Selvedge.BuildOutput.Files;
using Selvedge.BuildOutput.Prerenders;

namespace Selvedge.BuildOutput.Bundles;

/// <summary>Finds what <c>functions</c> holds: functions, links to functions, and prerenders.</summary>
internal static class FunctionReader
{
    private const string DirectoryName = "functions";

    /// <summary>Lists the functions by path.</summary>
    public static List<FunctionOutput> Read(OutputReading reading, CancellationToken cancellationToken)
    {
        var entries = reading.Walker.Walk(DirectoryName, static name => IsFunction(name) || IsPrerender(name), cancellationToken);
        var prerenders = ReadPrerenders(entries, reading);
        var bundles = new BundleReader(reading);
        var outputs = new List<FunctionOutput>();
        foreach (var entry in entries.Where(static entry => IsFunction(entry.Path)))
        {
            var path = entry.Path[..^BundleReader.Suffix.Length];
            prerenders.Remove(path, out var prerender);
            if (path.Length == 0 || path.EndsWith('/'))
                reading.Faults.Add($"{DirectoryName}/{entry.Path}", "", "Has no name before .func.");
            else if (!entry.IsDirectory)
                reading.Faults.Add($"{DirectoryName}/{entry.Path}", "", "Must be a directory, or a link to one.");
            else if (bundles.Read(entry.RealPath, cancellationToken) is { } bundle)
                outputs.Add(new($"/{path}", bundle, prerender));
        }

        foreach (var (path, prerender) in prerenders)
            reading.Faults.Add(
                prerender?.File ?? path,
                "",
                $"Has no function beside it: {path}{BundleReader.Suffix} is missing."
            );
        return [.. outputs.OrderBy(static output => output.OutputPath, StringComparer.Ordinal)];
    }

    private static Dictionary<string, PrerenderSource?> ReadPrerenders(List<TreeEntry> entries, OutputReading reading)
    {
        var prerenders = new Dictionary<string, PrerenderSource?>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!IsPrerender(entry.Path))
                continue;
            if (entry.IsDirectory)
                reading.Faults.Add($"{DirectoryName}/{entry.Path}", "", "Must be a file.");
            else
                prerenders.Add(entry.Path[..^PrerenderConfigReader.Suffix.Length], PrerenderConfigReader.Read(entry, reading));
        }

        return prerenders;
    }

    private static bool IsPrerender(string path) => path.EndsWith(PrerenderConfigReader.Suffix, StringComparison.Ordinal);

    private static bool IsFunction(string path) => path.EndsWith(BundleReader.Suffix, StringComparison.Ordinal);
}
