namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>What the app router's client fetches when a visitor follows a link.</summary>
/// <remarks>The <c>_rsc</c> in the query is the client's: it tells the payload from the page for caches that ignore Vary.</remarks>
public sealed class ClientNavigationTests(NextSite site)
{
    [Theory]
    [InlineData("/?_rsc", "page:home")]
    [InlineData("/static?_rsc", "page:static")]
    [InlineData("/dynamic?_rsc", "page:dynamic")]
    [InlineData("/posts/linked?_rsc", "post:linked")]
    [InlineData("/docs/a/b?_rsc", "docs:a|b")]
    [InlineData("/alias/thread?_rsc", "post:thread")]
    public async Task Rsc_IsThePayloadOfThePage(string path, string expected)
    {
        var answer = await site.GetAsync(path, ("rsc", "1"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/x-component", answer["content-type"]);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rsc_VariesByTheHeadersThatAskForIt()
    {
        var answer = await site.GetAsync("/static?_rsc", ("rsc", "1"));

        Assert.Contains(
            "rsc",
            answer["vary"]!.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries),
            StringComparer.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task Page_AskedForAfterItsPayload_IsHtml()
    {
        await site.GetAsync("/static?_rsc", ("rsc", "1"));

        var answer = await site.GetAsync("/static?_rsc");

        Assert.StartsWith("text/html", answer["content-type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SegmentPrefetch_IsTheSegment()
    {
        var answer = await site.GetAsync(
            "/static?_rsc",
            ("rsc", "1"),
            ("next-router-prefetch", "1"),
            ("next-router-segment-prefetch", "/_tree")
        );

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/x-component", answer["content-type"]);
    }

    [Fact]
    public async Task Rsc_OfAnUnknownPath_Is404()
    {
        var answer = await site.GetAsync("/no-such-page", ("rsc", "1"));

        Assert.Equal(404, answer.Status);
    }
}
