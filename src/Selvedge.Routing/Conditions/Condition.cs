using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Conditions;

/// <summary>An item of <c>has</c> or <c>missing</c>, compiled.</summary>
internal sealed class Condition
{
    private readonly ConditionKind _kind;
    private readonly string _key;
    private readonly string? _literal;
    private readonly AnchoredPattern? _pattern;
    private readonly ValueTest? _test;

    private Condition(ConditionKind kind, string key, string? literal, AnchoredPattern? pattern, ValueTest? test)
    {
        _kind = kind;
        _key = key;
        _literal = literal;
        _pattern = pattern;
        _test = test;
        CaptureNames = NamesOf(kind, key, literal, pattern, test);
    }

    /// <summary>The names it captures under.</summary>
    public IReadOnlyList<string> CaptureNames { get; }

    /// <summary>Compiles an item.</summary>
    /// <exception cref="PatternFormatException">The pattern of an operator is not a regular expression, or is too long.</exception>
    public static Condition Compile(ConditionConfig config, TimeSpan timeout)
    {
        var key = config.Kind == ConditionKind.Header ? config.Key!.ToLowerInvariant() : config.Key ?? "";
        if (config.Test is { } test)
            return new Condition(config.Kind, key, null, null, ValueTest.Compile(test, StringComparison.Ordinal, timeout));
        if (config.Pattern is not { } pattern)
            return new Condition(config.Kind, key, null, null, null);
        if (PathShape.Of(pattern) is { HasRest: false, Text: var literal })
            return new Condition(config.Kind, key, literal, null, null);

        try
        {
            // A host has no case (RFC 9110, section 4.2.3).
            var caseSensitive = config.Kind != ConditionKind.Host;
            return new Condition(config.Kind, key, null, AnchoredPattern.Compile(pattern, caseSensitive, timeout), null);
        }
        catch (PatternFormatException)
        {
            // A value that is no pattern is meant as it stands: "c++".
            return new Condition(config.Kind, key, pattern, null, null);
        }
    }

    /// <summary>Tries it on a request.</summary>
    /// <param name="request">The request as the routes so far have left it.</param>
    /// <param name="captures">Receives the captures if it holds; <see langword="null"/> if nobody needs them.</param>
    public MatchResult Test(LiveRequest request, CaptureScope? captures)
    {
        var value = _kind switch
        {
            ConditionKind.Host => request.Host,
            ConditionKind.Header => request.Header(_key),
            ConditionKind.Cookie => request.Cookie(_key),
            _ => request.QueryValue(_key),
        };
        // What is absent holds for nothing, not even for "is not".
        if (value is null)
            return MatchResult.No;
        if (_pattern is not null)
            return TestPattern(_pattern, value, captures);

        var result =
            _test?.Test(value)
            ?? (_literal is null || value.Equals(_literal, LiteralComparison) ? MatchResult.Yes : MatchResult.No);
        if (result == MatchResult.Yes)
            CaptureWhole(value, captures);
        return result;
    }

    private StringComparison LiteralComparison =>
        _kind == ConditionKind.Host ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private MatchResult TestPattern(AnchoredPattern pattern, string value, CaptureScope? captures)
    {
        if (captures is null || CaptureNames.Count == 0)
            return pattern.IsMatch(value);

        var result = pattern.Match(value, out var match);
        if (match is null)
            return result;

        for (var i = 0; i < pattern.GroupNames.Count; i++)
        {
            if (pattern.GroupNames[i] is { } name && match.Groups[i + 1] is { Success: true } group)
                captures.Add(name, group.Value);
        }

        if (!pattern.GroupNames.Any(static name => name is not null))
            CaptureWhole(value, captures);
        return result;
    }

    private void CaptureWhole(string value, CaptureScope? captures)
    {
        if (captures is null)
            return;
        foreach (var name in CaptureNames)
            captures.Add(name, value);
    }

    private static List<string> NamesOf(
        ConditionKind kind,
        string key,
        string? literal,
        AnchoredPattern? pattern,
        ValueTest? test
    )
    {
        var named = pattern?.GroupNames.OfType<string>().ToList() ?? [];
        if (named.Count > 0)
            return named;
        if (kind == ConditionKind.Host)
            return ["host"];
        if (literal is not null || pattern is not null || test is not null)
            return [];

        // A key without a value captures under its own name, and under that name's letters, since $x-spa and $xspa are both written.
        var letters = string.Concat(key.Where(char.IsAsciiLetter));
        return letters.Length > 0 && !string.Equals(letters, key, StringComparison.Ordinal) ? [key, letters] : [key];
    }
}
