using System.Text.RegularExpressions;

namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>A page with an <c>isr</c> configuration: one output for every slug, told apart by the query that its route makes.</summary>
[Collection<SvelteSite>]
public sealed partial class IsrTests(SvelteSite site)
{
    [Fact]
    public async Task Page_ThatNobodyAskedForYet_IsRendered()
    {
        var slug = Guid.NewGuid().ToString("N");

        var answer = await site.GetAsync($"/isr/{slug}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Contains($"isr:{slug}<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_OfTwoSlugs_Differ()
    {
        var warp = await site.GetAsync("/isr/warp");
        var weft = await site.GetAsync("/isr/weft");

        Assert.Contains("isr:warp<", warp.Body, StringComparison.Ordinal);
        Assert.Contains("isr:weft<", weft.Body, StringComparison.Ordinal);
        Assert.NotEqual(Render().Match(warp.Body).Value, Render().Match(weft.Body).Value);
    }

    [Fact]
    public async Task Page_SeesTheQueryThatItAllows()
    {
        var answer = await site.GetAsync("/isr/warp?color=red");

        Assert.Contains("color:red<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_CannotSayWhichPageItIs()
    {
        var answer = await site.GetAsync("/isr/warp?__pathname=/isr/other");

        Assert.Contains("isr:warp<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_IsThatOfThePage()
    {
        var answer = await site.GetAsync("/isr/warp/__data.json");

        Assert.Equal("application/json", answer["content-type"]);
        Assert.Contains("\"warp\"", answer.Body, StringComparison.Ordinal);
    }

    [GeneratedRegex("render:[0-9a-f-]{36}")]
    private static partial Regex Render();
}
