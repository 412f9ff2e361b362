namespace Selvedge.BuildOutput;

/// <summary>What is worth saying about an output that can be served all the same.</summary>
internal sealed class ReadingNotes
{
    private readonly List<string> _warnings = [];
    private readonly List<string> _unknownKeys = [];
    private readonly HashSet<(string Kind, string Key)> _seen = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public IReadOnlyList<string> UnknownKeys => _unknownKeys;

    /// <summary>Adds a warning, one sentence that names its file.</summary>
    public void Warn(string message) => _warnings.Add(message);

    /// <summary>Adds keys that nobody understands; a key is kept with the first file of its kind that has it.</summary>
    /// <param name="kind">The kind of file: <c>.vc-config.json</c>.</param>
    /// <param name="file">The file.</param>
    /// <param name="keys">The keys.</param>
    public void AddUnknown(string kind, string file, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (_seen.Add((kind, key)))
                _unknownKeys.Add($"{file}: {key}");
        }
    }
}
