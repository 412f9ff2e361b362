using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.NextPpr;

/// <summary>Data of functions that say <c>use cache</c>, kept by the server whether they say <c>remote</c> or not.</summary>
[Collection<NextPprSite>]
public sealed class UseCacheTests(NextPprSite site)
{
    [Theory]
    [InlineData("")]
    [InlineData("&remote=1")]
    public async Task UseCache_KeepsDataUntilItsTagIsRevalidated(string kind)
    {
        var tag = Guid.NewGuid().ToString("N");
        var target = $"/api/cached?key={tag}&tag={tag}{kind}";
        var first = await KeptData.AskUntilKeptAsync(site.Client, target);

        await RevalidateAsync(site.Client, $"tag={tag}");

        Assert.NotEqual(first, await KeptData.AskAsync(site.Client, target));
        Assert.NotEqual(first, await KeptData.AskUntilKeptAsync(site.Client, target));
    }

    [Fact]
    public async Task UseCache_AfterARevalidationWithTheProfileMax_GivesStaleDataOnceMore()
    {
        var tag = Guid.NewGuid().ToString("N");
        var target = $"/api/cached?key={tag}&tag={tag}";
        var first = await KeptData.AskUntilKeptAsync(site.Client, target);

        await RevalidateAsync(site.Client, $"tag={tag}&profile=max");

        Assert.Equal(first, await KeptData.AskAsync(site.Client, target));
        // The fresh one is made in the background, by the function that gave the stale one.
        for (var i = 0; i < 1000 && await KeptData.AskAsync(site.Client, target) == first; i++) { }
        Assert.NotEqual(first, await KeptData.AskAsync(site.Client, target));
    }

    [Fact]
    public async Task UseCache_OtherArguments_AreOtherData()
    {
        var key = Guid.NewGuid().ToString("N");

        Assert.NotEqual(
            await KeptData.AskAsync(site.Client, $"/api/cached?key={key}1"),
            await KeptData.AskAsync(site.Client, $"/api/cached?key={key}2")
        );
    }

    [Fact]
    public async Task UseCache_SurvivesARestart_AndWhatWasRevalidatedDoesNotComeBack()
    {
        using var directory = new TempDirectory();
        var (kept, gone) = ("/api/cached?key=kept&tag=kept", "/api/cached?key=gone&tag=gone");
        string keptBefore;
        string goneBefore;
        await using (var selvedge = await SelvedgeProcess.StartAsync(site.App, directory.Path))
        {
            using var client = PlainHttp.CreateClient(selvedge.BaseAddress);
            keptBefore = await KeptData.AskUntilKeptAsync(client, kept);
            goneBefore = await KeptData.AskUntilKeptAsync(client, gone);
            await RevalidateAsync(client, "tag=gone");
        }

        await using var again = await SelvedgeProcess.StartAsync(site.App, directory.Path);
        using var clientAgain = PlainHttp.CreateClient(again.BaseAddress);
        Assert.Equal(keptBefore, await KeptData.AskAsync(clientAgain, kept));
        Assert.NotEqual(goneBefore, await KeptData.AskAsync(clientAgain, gone));
    }

    private static async Task RevalidateAsync(HttpClient client, string what)
    {
        using var nothing = new ByteArrayContent([]);
        var answer = await client.AnswerAsync(HttpMethod.Post, $"/api/revalidate?{what}", nothing, []);
        Assert.Equal(200, answer.Status);
    }
}
