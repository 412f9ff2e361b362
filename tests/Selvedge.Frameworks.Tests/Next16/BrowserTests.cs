using System.Text.Json;

namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>Chromium visits the site: what no single request and response can show.</summary>
public sealed class BrowserTests(NextSite site)
{
    private static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    [Fact]
    public async Task Visitor_SeesThePageComeAlive_AndFollowsLinksWithoutLeavingIt()
    {
        Assert.SkipUnless(File.Exists(Chromium), $"There is no {Chromium}; eng/install-test-tools.sh installs it.");

        var visit = JsonDocument
            .Parse(await NodeScript.RunAsync("tests/Frameworks/tools/visit.mjs", site.BaseAddress.AbsoluteUri))
            .RootElement;

        Assert.Equal("page:home", visit.GetProperty("loaded").GetString());
        Assert.Equal("""["post:linked","page:static"]""", visit.GetProperty("visited").GetRawText());
        // One document, though three pages were seen: the links were followed by the client.
        Assert.Equal(1, visit.GetProperty("documents").GetInt32());
        Assert.Equal("[]", visit.GetProperty("problems").GetRawText());
    }
}
