using Selvedge.BuildOutput.Bundles;
using Selvedge.BuildOutput.StaticFiles;

namespace Selvedge.BuildOutput;

/// <summary>Decides who answers where a static file and a function have the same path: the file, as on the platform.</summary>
internal sealed class OutputMerge
{
    private readonly Dictionary<string, FunctionOutput> _functions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>Merges them.</summary>
    /// <param name="files">The static files, each with a path of its own.</param>
    /// <param name="functions">The functions, each with a path of its own.</param>
    /// <param name="notes">Takes a warning for a function that no path leads to.</param>
    public OutputMerge(IReadOnlyList<StaticFile> files, IEnumerable<FunctionOutput> functions, ReadingNotes notes)
    {
        Files = files;
        foreach (var file in files)
            _files.Add(file.OutputPath);
        foreach (var function in functions)
        {
            if (_files.Contains(function.OutputPath))
                notes.Warn($"{function.Bundle.Label}: not served at {function.OutputPath}, where a static file is.");
            else
                _functions.Add(function.OutputPath, function);
        }
    }

    public IReadOnlyList<StaticFile> Files { get; }

    /// <summary>The functions and prerenders that paths lead to, in the order given.</summary>
    public IEnumerable<FunctionOutput> Functions => _functions.Values;

    public IEnumerable<FunctionOutput> Prerenders => _functions.Values.Where(static function => function.Prerender is not null);

    /// <summary>What the functions and prerenders run, each once.</summary>
    public IEnumerable<BundleSource> Bundles => _functions.Values.Select(static function => function.Bundle).Distinct();

    /// <summary>Whether a path, beginning with <c>/</c>, is that of a function that runs on every request.</summary>
    public bool IsFunction(string path) => _functions.TryGetValue(path, out var function) && function.Prerender is null;

    /// <summary>Whether a path, beginning with <c>/</c>, is that of any output.</summary>
    public bool Has(string path) => _functions.ContainsKey(path) || _files.Contains(path);
}
