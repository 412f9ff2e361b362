using System.Buffers;

namespace Selvedge.Routing.Patterns;

/// <summary>A route's <c>src</c>, compiled.</summary>
/// <remarks>
/// A pattern that begins with a letter, such as <c>api/(.*)</c>, is tried on the path without its leading slash. No other is: a
/// pattern like <c>(?!/api).*</c> must not find that a path without its slash is not <c>/api</c>.
/// </remarks>
internal sealed class PathPattern
{
    /// <summary>The longest pattern that is compiled.</summary>
    public const int MaxLength = 4096;

    // What a dot does not match.
    private static readonly SearchValues<char> LineTerminators = SearchValues.Create("\n\r\u2028\u2029");

    private readonly AnchoredPattern _pattern;
    private readonly PathShape? _shape;
    private readonly StringComparison _comparison;
    private readonly bool _lacksSlash;

    private PathPattern(AnchoredPattern pattern, PathShape? shape, IReadOnlyList<string> prefixes, bool caseSensitive)
    {
        _pattern = pattern;
        _shape = shape;
        _comparison = caseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        _lacksSlash = prefixes.All(static prefix => prefix.Length > 0 && prefix[0] != '/');
        Prefixes = prefixes
            .Select(static prefix => prefix.Length > 0 && prefix[0] != '/' ? "/" + prefix : prefix)
            .Distinct(StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>The texts of which a matching path begins with one, whatever the case; an empty text if it may begin with any.</summary>
    public IReadOnlyList<string> Prefixes { get; }

    /// <summary>The names of the groups from number 1 on; <see langword="null"/> for those without.</summary>
    public IReadOnlyList<string?> GroupNames => _pattern.GroupNames;

    /// <summary>Whether trying it is so cheap that it comes before all other conditions.</summary>
    public bool IsCheap => _shape is not null;

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PatternFormatException">It is too long, or not a regular expression.</exception>
    public static PathPattern Compile(string source, bool caseSensitive, TimeSpan timeout)
    {
        if (source.Length > MaxLength)
            throw new PatternFormatException($"It is {source.Length} characters long; at most {MaxLength} are allowed.");

        var pattern = AnchoredPattern.Compile(source, caseSensitive, timeout);
        return new PathPattern(pattern, PathShape.Of(source), PatternPrefixes.Of(source), caseSensitive);
    }

    /// <summary>Tries the pattern on a path.</summary>
    /// <param name="path">The path, which begins with a slash and holds no control characters.</param>
    /// <param name="capture">Whether groups are wanted; without them a match costs no allocation.</param>
    /// <param name="match">The groups, if it matches and they were wanted.</param>
    public MatchResult TryMatch(string path, bool capture, out PathMatch match)
    {
        if (_shape is not null)
            return TryShape(_shape, path, out match) ? MatchResult.Yes : MatchResult.No;

        return TryEngine(path, capture, out match);
    }

    private MatchResult TryEngine(string path, bool capture, out PathMatch match)
    {
        match = new PathMatch(path, match: null, restStart: -1);
        // Most tries fail, and failing is cheapest without groups.
        var result = _pattern.IsMatch(_lacksSlash ? path.AsSpan(1) : path);
        if (result != MatchResult.Yes || !capture || GroupNames.Count == 0)
            return result;

        var text = _lacksSlash ? path[1..] : path;
        result = _pattern.Match(text, out var groups);
        match = new PathMatch(text, groups, restStart: -1);
        return result;
    }

    private bool TryShape(PathShape shape, string path, out PathMatch match)
    {
        match = default;
        if (!Fits(_lacksSlash ? path.AsSpan(1) : path, shape))
            return false;

        match = new PathMatch(_lacksSlash ? path[1..] : path, match: null, shape.CapturesRest ? shape.Text.Length : -1);
        return true;
    }

    private bool Fits(ReadOnlySpan<char> text, PathShape shape)
    {
        if (!shape.HasRest)
            return text.Equals(shape.Text, _comparison);
        if (!text.StartsWith(shape.Text, _comparison))
            return false;
        var rest = text[shape.Text.Length..];
        return rest.Length >= shape.MinimumRest && !rest.ContainsAny(LineTerminators);
    }
}
