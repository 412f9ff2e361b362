namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>What the client fetches when a visitor follows a link: the data of a page, without the page.</summary>
[Collection<SvelteSite>]
public sealed class DataTests(SvelteSite site)
{
    [Theory]
    [InlineData("/__data.json", "\"none\"")]
    [InlineData("/items/7/__data.json?color=red", "\"7\",\"red\"")]
    [InlineData("/posts/caf%C3%A9/__data.json", "\"café\"")]
    public async Task Data_IsThatOfThePage(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer["content-type"]);
        Assert.StartsWith("{\"type\":\"data\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_IsNotForCaches()
    {
        var answer = await site.GetAsync("/items/7/__data.json");

        Assert.Equal("private, no-store", answer["cache-control"]);
    }

    [Fact]
    public async Task Data_OfAPageThatRedirects_SaysSo()
    {
        var answer = await site.GetAsync("/moved/__data.json");

        Assert.Equal(200, answer.Status);
        Assert.Equal("""{"type":"redirect","location":"/about"}""", answer.Body);
    }

    [Fact]
    public async Task Data_OfAPageThatFails_SaysSo()
    {
        var answer = await site.GetAsync("/fails/__data.json");

        Assert.Equal(200, answer.Status);
        Assert.Contains("\"type\":\"error\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("always fails", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_OfAPrerenderedPage_IsAFile()
    {
        var answer = await site.GetAsync("/prerendered-data/__data.json");

        Assert.Equal(200, answer.Status);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
        Assert.Contains("at build time", answer.Body, StringComparison.Ordinal);
    }
}
