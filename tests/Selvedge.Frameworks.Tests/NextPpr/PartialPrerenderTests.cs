using System.Text;
using System.Text.RegularExpressions;

namespace Selvedge.Frameworks.Tests.NextPpr;

/// <summary>Partial prerenders of a real build: a shell that is kept, and a hole that is made for each visitor.</summary>
[Collection<NextPprClockedSite>]
public sealed partial class PartialPrerenderTests(NextPprClockedSite site)
{
    private static readonly (string, string) Rsc = ("rsc", "1");

    [Fact]
    public async Task Page_ForTwoVisitors_HasOneShellAndTwoHoles()
    {
        var warp = await site.Site.GetAsync("/items/built", ("cookie", "visitor=warp"));
        var weft = await site.Site.GetAsync("/items/built", ("cookie", "visitor=weft"));

        Assert.Equal((200, 200), (warp.Status, weft.Status));
        Assert.Equal("text/html; charset=utf-8", warp["content-type"]);
        Assert.Equal("private, no-cache, no-store, max-age=0, must-revalidate", warp["cache-control"]);
        Assert.Contains("visitor:warp<", warp.Body, StringComparison.Ordinal);
        Assert.Contains("visitor:weft<", weft.Body, StringComparison.Ordinal);
        Assert.Equal(Stamp().Match(warp.Body).Value, Stamp().Match(weft.Body).Value);
        Assert.NotEqual(Hole().Match(warp.Body).Value, Hole().Match(weft.Body).Value);
        Assert.EndsWith("</html>", weft.Body.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shell_IsSentBeforeTheHoleIsMade()
    {
        var (gate, until) = site.Gates.NewGate();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/items/built?until={until}");

        using var response = await site.Site.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var shell = await ReadUntilAsync(body, "hole:empty");
        await gate.ArrivalAsync();
        gate.Open();
        var rest = await ReadUntilAsync(body, "awaited:released");

        Assert.DoesNotContain("awaited:", shell, StringComparison.Ordinal);
        Assert.Matches(Hole(), rest);
    }

    [Fact]
    public async Task Shell_OverTime_IsMadeAnewWithItsState()
    {
        await site.Site.GetAsync("/items/built");
        await site.Site.QuietAsync();
        var before = await site.Site.GetAsync("/items/built");
        site.Site.Clock.Advance(TimeSpan.FromSeconds(61));

        var stale = await site.Site.GetAsync("/items/built");
        await site.Site.QuietAsync();
        var after = await site.Site.GetAsync("/items/built", ("cookie", "visitor=warp"));

        Assert.Equal("STALE", stale["x-vercel-cache"]);
        Assert.Equal(Stamp().Match(before.Body).Value, Stamp().Match(stale.Body).Value);
        Assert.Equal("HIT", after["x-vercel-cache"]);
        Assert.Matches(Stamp(), after.Body);
        Assert.Contains("visitor:warp<", after.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revalidation_WithTheToken_MakesTheShellAnew()
    {
        var revalidated = await site.Site.GetAsync(
            "/items/built",
            ("x-prerender-revalidate", site.Site.TokenOf("items/built")),
            ("cookie", "visitor=warp")
        );
        await site.Site.QuietAsync();
        var after = await site.Site.GetAsync("/items/built");

        Assert.Equal(("REVALIDATED", "HIT"), (revalidated["x-vercel-cache"], after["x-vercel-cache"]));
        Assert.Contains("visitor:warp<", revalidated.Body, StringComparison.Ordinal);
        Assert.Equal(Stamp().Match(revalidated.Body).Value, Stamp().Match(after.Body).Value);
    }

    [Fact]
    public async Task PageOfANewId_HasTheSharedShellAndItsOwnName()
    {
        var one = await site.Site.GetAsync("/items/one");
        var two = await site.Site.GetAsync("/items/two", ("cookie", "visitor=weft"));

        Assert.Contains("item:one<", one.Body, StringComparison.Ordinal);
        Assert.Contains("item:two<", two.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("item:one<", two.Body, StringComparison.Ordinal);
        Assert.Contains("visitor:weft<", two.Body, StringComparison.Ordinal);
        Assert.Equal("HIT", two["x-vercel-cache"]);
    }

    [Fact]
    public async Task SharedShell_ThatIsRevalidated_StaysEverybodys()
    {
        var token = site.Site.TokenOf("items/[id]");

        var revalidated = await site.Site.GetAsync("/items/three", ("x-prerender-revalidate", token));
        var other = await site.Site.GetAsync("/items/four");

        Assert.Equal("REVALIDATED", revalidated["x-vercel-cache"]);
        Assert.Contains("item:three<", revalidated.Body, StringComparison.Ordinal);
        Assert.Contains("item:four<", other.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("item:three<", other.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payload_IsMadeForTheVisitor()
    {
        var payload = await site.Site.GetAsync("/items/built", Rsc, ("cookie", "visitor=warp"));

        Assert.Equal((200, "text/x-component"), (payload.Status, payload["content-type"]));
        Assert.Contains("visitor:warp", payload.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageWithoutAHole_IsKeptWhole()
    {
        await site.Site.GetAsync("/still");
        // Another test may have moved the clock.
        await site.Site.QuietAsync();
        var answer = await site.Site.GetAsync("/still");

        Assert.Equal("HIT", answer["x-vercel-cache"]);
        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
    }

    private static async Task<string> ReadUntilAsync(Stream body, string mark)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains(mark, StringComparison.Ordinal))
        {
            var count = await body.ReadAsync(buffer);
            Assert.NotEqual(0, count);
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    [GeneratedRegex("stamp:[0-9a-f-]{36}")]
    private static partial Regex Stamp();

    [GeneratedRegex("hole:[0-9a-f-]{36}")]
    private static partial Regex Hole();
}
