using System.Buffers;
using System.Collections.Frozen;
using Selvedge.BuildOutput.Paths;
using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>Says what a deployment has at a path.</summary>
/// <remarks>
/// One dictionary holds every path that leads somewhere, index forms included, so that a lookup is a decoding and one probe. No
/// path can leave the deployment, because a lookup touches no file system.
/// </remarks>
public sealed class OutputTable : ILookup
{
    // Longer paths are decoded in a rented buffer.
    private const int MaxStackChars = 512;

    // A character of a key takes at most nine in a URL: three UTF-8 bytes, each escaped.
    private const int MaxEncodedCharsPerChar = 9;

    private readonly FrozenDictionary<string, RouteTarget> _targets;
    private readonly FrozenDictionary<string, RouteTarget>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly int _maxEncodedLength;

    /// <summary>Makes the table of some outputs.</summary>
    /// <param name="outputs">The outputs, each with an output path of its own.</param>
    public OutputTable(IEnumerable<RouteTarget> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        _targets = LookupForms.Of(outputs).ToFrozenDictionary(StringComparer.Ordinal);
        _bySpan = _targets.GetAlternateLookup<ReadOnlySpan<char>>();
        var longest = _targets.Keys.Select(static key => key.Length).DefaultIfEmpty().Max();
        _maxEncodedLength = (longest * MaxEncodedCharsPerChar) + 2;
    }

    /// <inheritdoc />
    public RouteTarget? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path[0] != '/' || path.Length > _maxEncodedLength)
            return null;
        if (path.Length == 1)
            return FindKey("");

        var key = path.AsSpan(1);
        if (key[^1] == '/')
            key = key[..^1];

        // Two slashes are not the root.
        if (key.IsEmpty)
            return null;
        return key.Contains('%') ? FindEncoded(key) : FindKey(key);
    }

    /// <summary>Finds an output by its own path, as configuration names it. No index form leads to it.</summary>
    /// <param name="outputPath">The path, not encoded; its leading <c>/</c> may be missing.</param>
    /// <returns>What is there, or <see langword="null"/>.</returns>
    public RouteTarget? FindOutput(string outputPath)
    {
        ArgumentNullException.ThrowIfNull(outputPath);
        var key = outputPath.AsSpan(outputPath.StartsWith('/') ? 1 : 0);
        var target = FindKey(key);
        return target is not null && target.OutputPath.AsSpan(1).SequenceEqual(key) ? target : null;
    }

    private RouteTarget? FindKey(ReadOnlySpan<char> key) => _bySpan.TryGetValue(key, out var target) ? target : null;

    private RouteTarget? FindEncoded(ReadOnlySpan<char> key)
    {
        var rented = key.Length > MaxStackChars ? ArrayPool<char>.Shared.Rent(key.Length) : null;
        var decoded = rented ?? stackalloc char[MaxStackChars];
        var found = PercentEncoding.TryDecodePath(key, decoded, out var length) ? FindKey(decoded[..length]) : null;
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return found;
    }
}
