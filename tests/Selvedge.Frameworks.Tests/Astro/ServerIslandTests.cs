using System.Net;
using System.Text.RegularExpressions;

namespace Selvedge.Frameworks.Tests.Astro;

/// <summary>A part of a page that the browser fetches on its own, from a URL in which the server sealed what it needs.</summary>
[Collection<AstroSite>]
public sealed partial class ServerIslandTests(AstroSite site)
{
    [Fact]
    public async Task Page_DoesNotWaitForIt()
    {
        var answer = await site.GetAsync("/island");

        Assert.Contains("island:awaited<", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("island:blue", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Island_IsRenderedFromItsUrl()
    {
        var page = await site.GetAsync("/island");
        var url = WebUtility.HtmlDecode(IslandUrl().Match(page.Body).Value);

        var answer = await site.GetAsync(url, ("x-probe", "thread"));

        Assert.Equal(200, answer.Status);
        Assert.Contains("island:blue:thread<", answer.Body, StringComparison.Ordinal);
    }

    [GeneratedRegex("/_server-islands/[^'\"]+")]
    private static partial Regex IslandUrl();
}
