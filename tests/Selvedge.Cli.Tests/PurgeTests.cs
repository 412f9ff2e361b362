namespace Selvedge.Cli.Tests;

/// <summary>Purging a running server's cache.</summary>
public sealed class PurgeTests(CachedSite site) : IClassFixture<CachedSite>
{
    [Theory]
    [InlineData("MISS", "SITE/blog/1?q")]
    [InlineData("HIT", "SITE/blog/2")]
    [InlineData("MISS", "--prefix", "SITE/blog/")]
    [InlineData("MISS", "--tag", "other", "--tag", "blog")]
    [InlineData("STALE", "--tag", "blog", "--soft")]
    [InlineData("MISS", "--all")]
    public async Task Purge_AnAnswer_HoldsWhenTheCommandEnds(string verdict, params string[] arguments)
    {
        await site.VerdictAsync("/blog/1?q");

        var result = await site.AdminAsync(["purge", .. arguments]);

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(verdict, await site.VerdictAsync("/blog/1?q"));
    }

    [Fact]
    public async Task Purge_Nothing_TellsTheServersSentence()
    {
        var result = await site.AdminAsync("purge");

        Assert.Equal((1, "selvedge: Name urls, prefixes or tags, or set all.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task List_AServerWithoutStreams_SaysHowToTurnThemOn()
    {
        var result = await site.AdminAsync("streams", "ls");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Streams:Enabled", result.Error, StringComparison.Ordinal);
    }
}
