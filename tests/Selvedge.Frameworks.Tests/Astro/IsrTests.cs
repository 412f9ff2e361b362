namespace Selvedge.Frameworks.Tests.Astro;

/// <summary>Pages with ISR: one output for all of them, told apart by the query that their route makes.</summary>
[Collection<AstroSite>]
public sealed class IsrTests(AstroSite site)
{
    [Fact]
    public async Task Page_ThatNobodyAskedForYet_IsRendered()
    {
        var slug = Guid.NewGuid().ToString("N");

        var answer = await site.GetAsync($"/kept/{slug}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Contains($"kept:{slug}<", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/kept/warp", "kept:warp<")]
    [InlineData("/kept/weft?color=red", "kept:weft<")]
    [InlineData("/kept/caf%C3%A9", "kept:café<")]
    public async Task Page_IsThatOfItsPath(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_CannotSayWhichPageItIs()
    {
        var answer = await site.GetAsync("/kept/warp?x_astro_path=/kept/other");

        Assert.Contains("kept:warp<", answer.Body, StringComparison.Ordinal);
    }
}
