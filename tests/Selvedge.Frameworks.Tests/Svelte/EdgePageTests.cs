namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>Pages with <c>runtime: 'edge'</c>, beside pages on Node in the same app.</summary>
[Collection<SvelteSite>]
public sealed class EdgePageTests(SvelteSite site)
{
    [Fact]
    public async Task Page_IsRenderedAtTheEdge()
    {
        var answer = await site.GetAsync("/edge/page/hello?color=red", ("x-probe", "thread"));

        Assert.Equal((200, "/edge/page/[slug]"), (answer.Status, answer["x-hook"]));
        Assert.Contains("edge:hello:edge-runtime<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("color:red<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("probe:thread<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("address:127.0.0.1<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_IsRenderedAtTheEdgeToo()
    {
        var answer = await site.GetAsync("/edge/page/hello/__data.json");

        Assert.Equal((200, "application/json"), (answer.Status, answer["content-type"]));
        Assert.Contains("\"edge-runtime\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_IsAnsweredByThePage()
    {
        using var form = new FormUrlEncodedContent([new("thread", "blue & white")]);

        var answer = await site.PostAsync("/edge/page/hello", form, ("accept", "text/html"));

        Assert.Equal(200, answer.Status);
        Assert.Contains("thread:blue &amp; white<", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/read")]
    [InlineData("/edge/read")]
    public async Task File_OfTheBuild_IsRead(string path)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("image/svg+xml", answer["content-type"], StringComparison.Ordinal);
        Assert.StartsWith("<svg", answer.Body, StringComparison.Ordinal);
    }
}
