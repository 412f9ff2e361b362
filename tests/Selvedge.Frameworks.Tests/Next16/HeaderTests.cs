namespace Selvedge.Frameworks.Tests.Next16;

public sealed class HeaderTests(NextSite site)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/dynamic")]
    [InlineData("/kibibyte.txt")]
    [InlineData("/api/echo")]
    [InlineData("/no-such-page")]
    public async Task ConfiguredHeader_IsOnEveryAnswer(string path)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal("yes", answer["x-everywhere"]);
    }

    [Fact]
    public async Task ConfiguredHeader_TakesAPathParameter()
    {
        var answer = await site.GetAsync("/posts/hello");

        Assert.Equal("hello", answer["x-post"]);
    }

    [Fact]
    public async Task ConfiguredHeader_WrittenTwice_IsTheLast()
    {
        var answer = await site.GetAsync("/posts/hello");

        Assert.Equal(["second"], answer.All("x-twice"));
    }

    [Fact]
    public async Task Has_Query_AddsTheHeaderWithTheValue()
    {
        var answer = await site.GetAsync("/dynamic?flag=red");

        Assert.Equal("red", answer["x-flag"]);
        Assert.Null(answer["x-no-flag"]);
    }

    [Fact]
    public async Task Missing_Query_AddsTheHeader()
    {
        var answer = await site.GetAsync("/dynamic");

        Assert.Equal("true", answer["x-no-flag"]);
        Assert.Null(answer["x-flag"]);
    }

    [Fact]
    public async Task ConfiguredCacheControl_ReplacesTheDefaultOfAFile()
    {
        var answer = await site.GetAsync("/robots.txt");

        Assert.Equal("public, max-age=3600", answer["cache-control"]);
    }
}
