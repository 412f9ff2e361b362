using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Tests.Patterns;

/// <summary>What JavaScript's dialect means where .NET's would mean something else.</summary>
public sealed class DialectTests
{
    [Theory]
    [InlineData(@"/\d", "/5", true)]
    [InlineData(@"/\d", "/\u0665", false)] // an Arabic digit
    [InlineData(@"/\D", "/\u0665", true)]
    [InlineData(@"/\w", "/_", true)]
    [InlineData(@"/\w", "/\u00e9", false)]
    [InlineData(@"/\W", "/\u00e9", true)]
    [InlineData(@"/\W", "/a", false)]
    [InlineData(@"/\W", "/k", false)]
    [InlineData(@"/\W", "/i", false)]
    [InlineData(@"/[\W]", "/K", false)]
    [InlineData(@"/\s", "/\ufeff", true)]
    [InlineData(@"/\s", "/\u0085", false)]
    [InlineData(@"/\S", "/\u0085", true)]
    [InlineData(@"/[\d\s]", "/5", true)]
    [InlineData(@"/[^\d]", "/5", false)]
    [InlineData(@"/[\D]", "/5", false)]
    [InlineData(@"/[\D]", "/x", true)]
    [InlineData(@"/[\W_]", "/-", true)]
    [InlineData(@"/[\S]", "/ ", false)]
    [InlineData(@"/a\b.*", "/a-b", true)]
    [InlineData(@"/a\b.*", "/ab", false)]
    [InlineData(@"/a\b.*", "/a\u00e9", true)]
    [InlineData(@"/a\B.*", "/ab", true)]
    [InlineData(@"/a\B.*", "/a-", false)]
    [InlineData("/.", "/\n", false)]
    [InlineData("/.", "/\u2028", false)]
    [InlineData("/.", "/\u0085", true)]
    [InlineData("/(.*)", "/a\u2028b", false)]
    [InlineData("/.+", "/a\n", false)]
    [InlineData("/[^]", "/\n", true)]
    [InlineData("/[^]*", "/a\nb", true)]
    [InlineData("/x[]", "/x", false)]
    [InlineData("/a$", "/a\n", false)]
    [InlineData("/a", "/a\n", false)]
    [InlineData(@"\/a\-b", "/a-b", true)]
    [InlineData(@"/\x41", "/A", true)]
    [InlineData(@"/\u0041", "/A", true)]
    [InlineData(@"/\u{41}", "/A", false)]
    [InlineData(@"/\cJ", "/\n", true)]
    [InlineData(@"/\c1", @"/\c1", true)]
    [InlineData(@"/\t", "/\t", true)]
    [InlineData(@"/\0", "/\0", true)]
    [InlineData(@"/[\b]", "/\b", true)]
    [InlineData(@"/\A\z\Z\G\a\e", "/AzZGae", true)]
    [InlineData(@"/\p{L}", "/p{L}", true)]
    [InlineData(@"/\k", "/k", true)]
    [InlineData("/{}", "/{}", true)]
    [InlineData("/a{,2}", "/a{,2}", true)]
    [InlineData("/a{2}", "/aa", true)]
    [InlineData("/a{2,}", "/aaa", true)]
    [InlineData("/a{1,2}?", "/aaa", false)]
    [InlineData("/]", "/]", true)]
    [InlineData("/[[]", "/[", true)]
    [InlineData("/[a-z-[aeiou]]", "/b", false)]
    [InlineData("/[a-z-[aeiou]]", "/b]", true)]
    [InlineData(@"/[\w-.]", "/-", true)]
    [InlineData(@"/[+-\d]", "/-", true)]
    [InlineData(@"/[+-\d]", "/,", false)]
    [InlineData("/[a-]", "/-", true)]
    [InlineData("/[-a]", "/-", true)]
    [InlineData(@"/[\]]", "/]", true)]
    [InlineData(@"/[\^]", "/^", true)]
    [InlineData("/#", "/#", true)]
    [InlineData("/a b", "/a b", true)]
    [InlineData(@"/(a)\1", "/aa", true)]
    [InlineData(@"/(a)?\1b", "/b", true)]
    [InlineData(@"/(a)\2", "/a\u0002", true)]
    [InlineData(@"/(?<x>a)\k<x>", "/aa", true)]
    [InlineData(@"/\k<x>(?<x>a)", "/a", true)]
    [InlineData(@"/\101", "/A", true)]
    [InlineData(@"/\8", "/8", true)]
    [InlineData("/(?=a)a", "/a", true)]
    [InlineData("/(?!a).", "/a", false)]
    [InlineData("/a(?<=a)b", "/ab", true)]
    [InlineData("/a(?<!a)b", "/ab", false)]
    [InlineData("/a|/b", "/b", true)]
    [InlineData("/a|/b", "/ab", false)]
    [InlineData("^/a$|^/b$", "/b", true)]
    [InlineData("^/entry/?", "/foo", false)]
    [InlineData("^/?", "/foo", false)]
    [InlineData("/A", "/a", true)]
    [InlineData("/caf\u00c9", "/caf\u00e9", true)]
    public void Compile_WithAPattern_MatchesAsJavaScriptDoes(string src, string path, bool expected)
    {
        var pattern = PathPattern.Compile(src, caseSensitive: false, TimeSpan.FromMinutes(1));

        var result = pattern.TryMatch(path, capture: true, out _);

        Assert.Equal(expected ? MatchResult.Yes : MatchResult.No, result);
    }

    [Theory]
    [InlineData("(a)(?<n>b)(c)", "/abc", "a|b|c")]
    [InlineData("(?<n>a)(b)(?<m>c)", "/abc", "a|b|c")]
    [InlineData("((a)(?<n>b))(c)", "/abc", "ab|a|b|c")]
    [InlineData("(a)|(b)", "/b", "|b")]
    [InlineData(@"(\()(?<n>[()])(c)", "/()c", "(|)|c")]
    [InlineData("([(])(b)", "/(b", "(|b")]
    [InlineData("(?:a)(b)(?=c)(c)", "/abc", "b|c")]
    public void Compile_WithGroups_NumbersThemAsWritten(string src, string path, string expected)
    {
        var pattern = PathPattern.Compile("/(?:" + src + ")", caseSensitive: false, TimeSpan.FromMinutes(1));

        pattern.TryMatch(path, capture: true, out var match);

        var groups = Enumerable.Range(1, pattern.GroupNames.Count).Select(number => match.Group(number));
        Assert.Equal(expected, string.Join('|', groups));
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[a")]
    [InlineData("a**")]
    [InlineData("*")]
    [InlineData(@"a\")]
    [InlineData("[z-a]")]
    [InlineData("(?<n>a)(?<n>b)")]
    [InlineData("(?<1a>b)")]
    [InlineData("(?<n")]
    [InlineData(@"(?<n>a)\k<m>")]
    [InlineData("(?P<n>a)")]
    [InlineData("(?i)a")]
    [InlineData("(?>a)")]
    [InlineData("a{1000000000}")]
    [InlineData("a{2,1}")]
    public void Compile_WithWhatIsNoPattern_SaysSo(string src) =>
        Assert.Throws<PatternFormatException>(() => PathPattern.Compile(src, caseSensitive: false, TimeSpan.FromMinutes(1)));

    [Fact]
    public void Compile_WithGroupsNestedWithoutEnd_SaysSo() =>
        Assert.Throws<PatternFormatException>(() =>
            PathPattern.Compile(new string('(', 2000) + new string(')', 2000), caseSensitive: false, TimeSpan.FromMinutes(1))
        );

    [Fact]
    public void Compile_WithTooLongAPattern_SaysSo() =>
        Assert.Throws<PatternFormatException>(() =>
            PathPattern.Compile(new string('a', PathPattern.MaxLength + 1), caseSensitive: false, TimeSpan.FromMinutes(1))
        );

    [Theory]
    [InlineData("/Path", "/path", false)]
    [InlineData("/Path(.*)", "/pathx", false)]
    [InlineData("/Path[0-9]", "/path1", false)]
    [InlineData("/Path[0-9]", "/Path1", true)]
    public void Compile_CaseSensitive_TellsLettersApart(string src, string path, bool expected)
    {
        var pattern = PathPattern.Compile(src, caseSensitive: true, TimeSpan.FromMinutes(1));

        Assert.Equal(expected ? MatchResult.Yes : MatchResult.No, pattern.TryMatch(path, capture: false, out _));
    }

    [Theory]
    [InlineData("api/x", "/api/x", true)]
    [InlineData(@"404\.html", "/404.html", true)]
    [InlineData("api/(.*)", "/api/x", true)]
    [InlineData("api/[a-z]+", "/api/x", true)]
    [InlineData("api/[a-z]+", "//api/x", false)]
    [InlineData("(?!/api).*", "/api/x", false)]
    [InlineData("[a-z]+", "/api", false)]
    public void TryMatch_WithAPatternWithoutSlash_TriesThePathWithoutItOnlyIfItMust(string src, string path, bool expected)
    {
        var pattern = PathPattern.Compile(src, caseSensitive: false, TimeSpan.FromMinutes(1));

        Assert.Equal(expected ? MatchResult.Yes : MatchResult.No, pattern.TryMatch(path, capture: false, out _));
    }
}
