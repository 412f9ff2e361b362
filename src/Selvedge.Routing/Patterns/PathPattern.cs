namespace Selvedge.Routing.Patterns;

/// <summary>A route's <c>src</c>, compiled.</summary>
/// <remarks>
/// A pattern is tried on the path and, if it may match without the leading slash, again without it: <c>api/(.*)</c> is a pattern people write.
/// </remarks>
internal sealed class PathPattern
{
    /// <summary>The longest pattern that is compiled.</summary>
    public const int MaxLength = 4096;

    private readonly AnchoredPattern _pattern;
    private readonly PathShape? _shape;
    private readonly StringComparison _comparison;
    private readonly bool _mayLackSlash;

    private PathPattern(AnchoredPattern pattern, PathShape? shape, IReadOnlyList<string> prefixes, bool caseSensitive)
    {
        _pattern = pattern;
        _shape = shape;
        _comparison = caseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        _mayLackSlash = prefixes.Any(static prefix => !prefix.StartsWith('/'));
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
            return TryShape(path, out match) ? MatchResult.Yes : MatchResult.No;

        var result = TryEngine(path, withoutSlash: false, capture, out match);
        if (result == MatchResult.No && _mayLackSlash)
            result = TryEngine(path, withoutSlash: true, capture, out match);
        return result;
    }

    private MatchResult TryEngine(string path, bool withoutSlash, bool capture, out PathMatch match)
    {
        match = new PathMatch(path, match: null, restStart: -1);
        // Most tries fail, and failing is cheapest without groups.
        var result = _pattern.IsMatch(withoutSlash ? path.AsSpan(1) : path);
        if (result != MatchResult.Yes || !capture || GroupNames.Count == 0)
            return result;

        var text = withoutSlash ? path[1..] : path;
        result = _pattern.Match(text, out var groups);
        match = new PathMatch(text, groups, restStart: -1);
        return result;
    }

    private bool TryShape(string path, out PathMatch match)
    {
        var shape = _shape!;
        var text = path.AsSpan();
        var skipped = 0;
        if (!Fits(text, shape) && _mayLackSlash)
        {
            skipped = 1;
            text = text[1..];
        }

        if (!Fits(text, shape))
        {
            match = default;
            return false;
        }

        match = new PathMatch(skipped == 0 ? path : path[1..], match: null, shape.CapturesRest ? shape.Text.Length : -1);
        return true;
    }

    private bool Fits(ReadOnlySpan<char> text, PathShape shape) =>
        shape.HasRest
            ? text.StartsWith(shape.Text, _comparison) && text.Length - shape.Text.Length >= shape.MinimumRest
            : text.Equals(shape.Text, _comparison);
}
