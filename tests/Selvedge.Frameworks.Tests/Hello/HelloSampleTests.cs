using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Hello;

/// <summary>What <c>samples/hello</c> promises in its README.</summary>
public sealed class HelloSampleTests(HelloSite site) : IClassFixture<HelloSite>
{
    [Fact]
    public async Task Page_LinksOnlyToWhatAnswers()
    {
        var page = await site.Client.AnswerAsync("/");

        Assert.Equal(200, page.Status);
        Assert.Equal("text/html; charset=utf-8", page["content-type"]);
        foreach (var asset in new[] { "/assets/cloth.css", "/assets/cloth.js", "/assets/weave.svg" })
        {
            Assert.Contains(asset, page.Body, StringComparison.Ordinal);
            Assert.Equal(200, (await site.Client.AnswerAsync(asset)).Status);
        }
    }

    [Fact]
    public async Task Function_Greets()
    {
        var answer = await site.Client.AnswerAsync("/api/hello?name=Ada");

        Assert.Equal("Hello, Ada.", JsonDocument.Parse(answer.Body).RootElement.GetProperty("greeting").GetString());
    }

    [Fact]
    public async Task StreamingFunction_SendsEveryLine()
    {
        var answer = await site.Client.AnswerAsync("/api/stream");

        Assert.Equal(200, answer.Status);
        Assert.EndsWith("7 selvedge\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_IsAnsweredByTheFunction()
    {
        var answer = await site.Client.AnswerAsync("/greet/ada");

        Assert.Contains("Hello, ada.", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_LeadsToTheNewPage()
    {
        var answer = await site.Client.AnswerAsync("/old-cloth");

        Assert.Equal(308, answer.Status);
        Assert.Equal("/new-cloth.html", answer["location"]);
        Assert.Equal(200, (await site.Client.AnswerAsync("/new-cloth.html")).Status);
    }

    [Fact]
    public async Task UnknownPath_IsTheBuildsOwn404()
    {
        var answer = await site.Client.AnswerAsync("/no/such/thread");

        Assert.Equal(404, answer.Status);
        Assert.Contains("No such thread", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_AreOnEveryAnswer_AndPicturesKeep()
    {
        var answer = await site.Client.AnswerAsync("/assets/weave.svg");

        Assert.Equal("selvedge", answer["x-woven-by"]);
        Assert.Equal("public, max-age=31536000, immutable", answer["cache-control"]);
        Assert.StartsWith("image/svg+xml", answer["content-type"], StringComparison.Ordinal);
    }
}
