using System.Text.RegularExpressions;

namespace Selvedge.Routing.Patterns;

/// <summary>A pattern that has to match a whole text.</summary>
/// <remarks>
/// Linear-time where the pattern allows it; otherwise the backtracking engine under a time limit. Patterns come from a build output and texts
/// from clients, and neither is trusted to be kind.
/// </remarks>
internal sealed class AnchoredPattern
{
    // Against a hostile text the linear-time engine needs no limit; against a pattern that makes a huge automaton it has a wide one.
    private const int LinearPatience = 10;

    private readonly Regex _regex;

    private AnchoredPattern(Regex regex, IReadOnlyList<string?> groupNames)
    {
        _regex = regex;
        GroupNames = groupNames;
    }

    /// <summary>The names of the groups from number 1 on; <see langword="null"/> for those without.</summary>
    public IReadOnlyList<string?> GroupNames { get; }

    /// <summary>Compiles a pattern of JavaScript's dialect.</summary>
    /// <param name="source">The pattern; anchors of its own do no harm.</param>
    /// <param name="caseSensitive">Whether letters of either case differ.</param>
    /// <param name="timeout">The limit where one is needed.</param>
    /// <exception cref="PatternFormatException">It is not a regular expression.</exception>
    public static AnchoredPattern Compile(string source, bool caseSensitive, TimeSpan timeout)
    {
        var pattern = JsPatternTranslator.Translate(source);
        var text = $@"^(?:{pattern.Text})\z";
        var options = RegexOptions.CultureInvariant | (caseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
        try
        {
            return new AnchoredPattern(Construct(text, options, pattern.NeedsBacktracking, timeout), pattern.GroupNames);
        }
        catch (RegexParseException fault)
        {
            throw new PatternFormatException($"It is not a regular expression ({fault.Error}).");
        }
    }

    private static Regex Construct(string text, RegexOptions options, bool needsBacktracking, TimeSpan timeout)
    {
        if (!needsBacktracking)
        {
            try
            {
                return new Regex(text, options | RegexOptions.NonBacktracking, timeout * LinearPatience);
            }
            catch (NotSupportedException)
            {
                // Its repetitions make too large an automaton.
            }
        }

        return new Regex(text, options, timeout);
    }

    /// <summary>Tries the pattern without asking for its groups, which costs no allocation.</summary>
    public MatchResult IsMatch(ReadOnlySpan<char> text)
    {
        try
        {
            return _regex.IsMatch(text) ? MatchResult.Yes : MatchResult.No;
        }
        catch (RegexMatchTimeoutException)
        {
            return MatchResult.TimedOut;
        }
    }

    /// <summary>Tries the pattern and gives its groups.</summary>
    public MatchResult Match(string text, out Match? match)
    {
        match = null;
        try
        {
            var found = _regex.Match(text);
            if (!found.Success)
                return MatchResult.No;
            match = found;
            return MatchResult.Yes;
        }
        catch (RegexMatchTimeoutException)
        {
            return MatchResult.TimedOut;
        }
    }
}
