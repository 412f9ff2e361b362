namespace Selvedge.Frameworks.Tests.Svelte;

[Collection<SvelteSite>]
public sealed class RedirectTests(SvelteSite site)
{
    [Theory]
    [InlineData("/moved", 307, "/about")]
    [InlineData("/items/7/", 308, "/items/7")]
    [InlineData("/items/7/?color=red", 308, "/items/7?color=red")]
    [InlineData("/slash", 308, "/slash/")]
    public async Task Redirect_OfTheApp_IsSent(string path, int status, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Fact]
    public async Task Page_ThatAlwaysHasASlash_IsServedWithIt()
    {
        var answer = await site.GetAsync("/slash/");

        Assert.Equal(200, answer.Status);
        Assert.Contains("page:slash<", answer.Body, StringComparison.Ordinal);
    }
}
