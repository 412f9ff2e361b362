using FsCheck.Fluent;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Tests.Properties;

public sealed class SubstitutionProperties
{
    private static readonly CaptureNames Names = new(
        ["n", null],
        ["name"],
        new Dictionary<string, string>(StringComparer.Ordinal)
    );

    [Fact]
    public void Fill_WithCapturesThatLookLikeTokens_NeverReadsThemAgain() =>
        Prop.ForAll(
                Generators.Template.ToArbitrary(),
                static text =>
                {
                    // Filled with texts that name nothing, and with texts that would: but for those texts, the results are alike.
                    var template = Template.Parse(text, Names);
                    var plain = template.Fill(Scope("<1>", "<2>", "<c>"), TextPosition.Plain);
                    var tokens = template.Fill(Scope("$2", "$name", "$1"), TextPosition.Plain);
                    var expected = plain
                        .Replace("/<1>/<2>", "/$2/$name")
                        .Replace("<1>", "$2")
                        .Replace("<2>", "$name")
                        .Replace("<c>", "$1");
                    return string.Equals(tokens, expected, StringComparison.Ordinal);
                }
            )
            .Holds();

    [Fact]
    public void Fill_InAQuery_NeverAddsAPairOrEndsTheQuery() =>
        Prop.ForAll(
                Generators.Value.ToArbitrary(),
                static value =>
                {
                    var filled = Template.Parse("v=$name", Names).Fill(Scope("a", "b", value), TextPosition.Query);
                    return filled.IndexOfAny(['&', '#', '+', ' ', '\r', '\n', '\0']) < 0;
                }
            )
            .Holds();

    [Fact]
    public void Fill_InAPath_NeverBeginsAQueryOrHoldsAControl() =>
        Prop.ForAll(
                Generators.Value.ToArbitrary(),
                static value =>
                {
                    var filled = Template.Parse("/$name", Names).Fill(Scope("a", "b", value), TextPosition.Path);
                    return filled.IndexOfAny(['?', '#', ' ', '\r', '\n', '\0']) < 0;
                }
            )
            .Holds();

    private static CaptureScope Scope(string first, string second, string condition)
    {
        var pattern = PathPattern.Compile("/(?<n>[^/]*)/([^/]*)", caseSensitive: false, TimeSpan.FromSeconds(1));
        pattern.TryMatch($"/{first}/{second}", capture: true, out var match);
        var scope = new CaptureScope { Path = match };
        scope.Add("name", condition);
        return scope;
    }
}
