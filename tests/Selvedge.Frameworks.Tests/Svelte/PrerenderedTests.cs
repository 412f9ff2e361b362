namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>What was rendered when the app was built, and is served from files under other names.</summary>
[Collection<SvelteSite>]
public sealed class PrerenderedTests(SvelteSite site)
{
    [Theory]
    [InlineData("/about", "page:about<")]
    [InlineData("/prerendered-slash/", "page:prerendered-slash<")]
    [InlineData("/prerendered-data", "woven:at build time<")]
    public async Task Page_IsAFile(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/html; charset=utf-8", answer["content-type"]);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/about/", "/about")]
    [InlineData("/prerendered-data/", "/prerendered-data")]
    [InlineData("/prerendered-slash", "/prerendered-slash/")]
    public async Task Page_WithTheOtherSlash_Redirects(string path, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(308, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Fact]
    public async Task Page_UnderItsFilesName_IsNotFound() => Assert.Equal(404, (await site.GetAsync("/about.html")).Status);

    [Fact]
    public async Task Endpoint_IsAFile()
    {
        var answer = await site.GetAsync("/prerendered.txt");

        Assert.Equal("An endpoint that was asked at build time.\n", answer.Body);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
    }

    [Fact]
    public async Task Redirect_IsARoute()
    {
        var answer = await site.GetAsync("/prerendered-redirect");

        Assert.Equal(308, answer.Status);
        Assert.Equal("/about", answer["location"]);
    }
}
