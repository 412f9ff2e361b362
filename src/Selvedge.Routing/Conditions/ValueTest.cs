using System.Globalization;
using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Conditions;

/// <summary>The operators of a condition or of a transform's key, all of which must hold.</summary>
/// <param name="config">The operators as written.</param>
/// <param name="regex">The pattern of <c>re</c>, compiled.</param>
/// <param name="comparison">How texts are compared.</param>
internal sealed class ValueTest(ValueTestConfig config, AnchoredPattern? regex, StringComparison comparison)
{
    /// <summary>Compiles the operators.</summary>
    /// <exception cref="PatternFormatException">The pattern of <c>re</c> is not a regular expression.</exception>
    public static ValueTest Compile(ValueTestConfig config, StringComparison comparison, TimeSpan timeout) =>
        new(
            config,
            config.Regex is null
                ? null
                : AnchoredPattern.Compile(config.Regex, caseSensitive: comparison == StringComparison.Ordinal, timeout),
            comparison
        );

    /// <summary>Tries a value.</summary>
    public MatchResult Test(string value)
    {
        var holds =
            (config.Equal is not { } equal || value.Equals(equal, comparison))
            && (config.NotEqual is not { } different || !value.Equals(different, comparison))
            && (config.In is not { } allowed || IsAmong(allowed, value))
            && (config.NotIn is not { } forbidden || !IsAmong(forbidden, value))
            && (config.Prefix is not { } prefix || value.StartsWith(prefix, comparison))
            && (config.Suffix is not { } suffix || value.EndsWith(suffix, comparison))
            && IsInRange(value);
        if (!holds)
            return MatchResult.No;
        return regex?.IsMatch(value) ?? MatchResult.Yes;
    }

    private bool IsAmong(IReadOnlyList<string> values, string value)
    {
        foreach (var candidate in values)
        {
            if (value.Equals(candidate, comparison))
                return true;
        }

        return false;
    }

    private bool IsInRange(string value)
    {
        if (config is { GreaterThan: null, AtLeast: null, LessThan: null, AtMost: null })
            return true;
        // What is not a number is neither greater nor less than one.
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || double.IsNaN(number))
            return false;
        return (config.GreaterThan is not { } above || number > above)
            && (config.AtLeast is not { } lowest || number >= lowest)
            && (config.LessThan is not { } below || number < below)
            && (config.AtMost is not { } highest || number <= highest);
    }
}
