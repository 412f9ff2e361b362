using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>
/// What an app of Next.js may expect of the data that it keeps and of what it revalidates on demand, whichever version it is of. The apps
/// answer the same paths.
/// </summary>
/// <param name="client">Asks the site that serves the app.</param>
/// <param name="app">The app's directory, with its build.</param>
/// <param name="legacy">The path of a page of the pages router that is rendered in advance.</param>
/// <param name="legacyApi">The path of the handler that revalidates it.</param>
public abstract partial class OnDemandContract(HttpClient client, string app, string legacy, string legacyApi)
{
    [Fact]
    public async Task UnstableCache_KeepsDataUntilItsTagIsRevalidated()
    {
        var tag = NewName();
        var target = $"/api/unstable-cache?key={tag}&tag={tag}&tag=other";
        var first = await KeptData.AskUntilKeptAsync(client, target);

        await RevalidateAsync($"tag={tag}");

        Assert.NotEqual(first, await KeptData.AskAsync(client, target));
        Assert.NotEqual(first, await KeptData.AskUntilKeptAsync(client, target));
    }

    [Fact]
    public async Task FetchCache_KeepsAnswersUntilTheirTagIsRevalidated()
    {
        var tag = NewName();
        await using var origin = await FakeOrigin.StartAsync((_, context) => context.Response.WriteAsync(NewName()));
        var target = $"/api/fetch-cache?url={Uri.EscapeDataString(origin.BaseAddress.AbsoluteUri)}&tag={tag}";
        var first = await KeptData.AskUntilKeptAsync(client, target);
        var asked = origin.Requests.Count;

        await RevalidateAsync($"tag={tag}");

        Assert.NotEqual(first, await KeptData.AskAsync(client, target));
        Assert.Equal(asked + 1, origin.Requests.Count);
    }

    [Fact]
    public async Task RevalidateTag_MakesThePageAndItsDataAnewForTheNextRequest()
    {
        var tag = NewName();
        var before = await PageAsync($"/tagged/{tag}");
        Assert.Equal(before, await PageAsync($"/tagged/{tag}"));

        await RevalidateAsync($"tag={tag}");

        var after = await PageAsync($"/tagged/{tag}");
        Assert.NotEqual(before.Render, after.Render);
        Assert.NotEqual(before.Data, after.Data);
        Assert.Equal(after, await PageAsync($"/tagged/{tag}"));
    }

    [Fact]
    public async Task RevalidatePath_MakesThePageAndItsDataAnewForTheNextRequest()
    {
        var tag = NewName();
        var before = await PageAsync($"/tagged/{tag}");

        await RevalidateAsync($"path=/tagged/{tag}");

        var after = await PageAsync($"/tagged/{tag}");
        Assert.NotEqual(before.Render, after.Render);
        Assert.NotEqual(before.Data, after.Data);
    }

    [Fact]
    public async Task RevalidatePath_LeavesOtherPagesAlone()
    {
        var (mine, other) = (NewName(), NewName());
        await PageAsync($"/tagged/{mine}");
        var before = await PageAsync($"/tagged/{other}");

        await RevalidateAsync($"path=/tagged/{mine}");

        Assert.Equal(before, await PageAsync($"/tagged/{other}"));
    }

    [Fact]
    public async Task PagesRouterRevalidate_MakesThePageAnewForTheNextRequest()
    {
        // What the build made, or another test minutes ago, is stale: a visit would have it made anew in the background.
        await RenewAsync();
        var before = RenderOf(await client.AnswerAsync(legacy));
        Assert.Equal(before, RenderOf(await client.AnswerAsync(legacy)));

        await RenewAsync();

        var after = RenderOf(await client.AnswerAsync(legacy));
        Assert.NotEqual(before, after);
        Assert.Equal(after, RenderOf(await client.AnswerAsync(legacy)));

        async Task RenewAsync()
        {
            var revalidated = await client.AnswerAsync($"{legacyApi}?path={legacy}");
            Assert.Equal((200, """{"revalidated":true}"""), (revalidated.Status, revalidated.Body));
        }
    }

    [Fact]
    public async Task PagesRouterRevalidate_ForAClientThatNamesAnotherHost_AsksThisServer()
    {
        // There is no such host; and a token must not leave the machine because a client says that the site is called so.
        var answer = await client.AnswerAsync($"{legacyApi}?path=/{NewName()}", [("host", "evil.example")]);

        Assert.Equal(500, answer.Status);
        Assert.Contains("Invalid response 404", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PagesRouterRevalidate_OfAPageThatDoesNotExist_Fails()
    {
        var answer = await client.AnswerAsync($"{legacyApi}?path=/{NewName()}");

        Assert.Equal(500, answer.Status);
    }

    [Fact]
    public async Task Data_SurvivesARestart_AndWhatWasRevalidatedDoesNotComeBack()
    {
        using var directory = new TempDirectory();
        var (kept, gone) = (NewName(), NewName());
        string before;
        string goneBefore;
        await using (var selvedge = await SelvedgeProcess.StartAsync(app, directory.Path))
        {
            // It is killed in the end: whatever was answered holds.
            using var own = PlainHttp.CreateClient(selvedge.BaseAddress);
            before = await KeptData.AskUntilKeptAsync(own, $"/api/unstable-cache?key={kept}&tag={kept}");
            goneBefore = await KeptData.AskUntilKeptAsync(own, $"/api/unstable-cache?key={gone}&tag={gone}");
            await RevalidateAsync($"tag={gone}", own);
            await selvedge.KillAsync();
        }

        await using var again = await SelvedgeProcess.StartAsync(app, directory.Path);
        using var client2 = PlainHttp.CreateClient(again.BaseAddress);
        Assert.Equal(before, await KeptData.AskAsync(client2, $"/api/unstable-cache?key={kept}&tag={kept}"));
        Assert.NotEqual(goneBefore, await KeptData.AskAsync(client2, $"/api/unstable-cache?key={gone}&tag={gone}"));
    }

    /// <summary>A name that no other test uses.</summary>
    protected static string NewName() => Guid.NewGuid().ToString("N");

    /// <summary>Has the app revalidate something; returns when the app has answered.</summary>
    protected async Task RevalidateAsync(string what, HttpClient? of = null)
    {
        using var nothing = new ByteArrayContent([]);
        var answer = await (of ?? client).AnswerAsync(HttpMethod.Post, $"/api/revalidate?{what}", nothing, []);
        Assert.Equal(200, answer.Status);
    }

    /// <summary>What a page shows of its render and of its data.</summary>
    protected async Task<(string Render, string Data)> PageAsync(string target)
    {
        var answer = await client.AnswerAsync(target);
        return (RenderOf(answer), Value(Data(), answer));
    }

    /// <summary>Asks again and again: what is made in the background is there when it is made.</summary>
    protected static async Task UntilAsync(Func<Task<bool>> holds)
    {
        const int Most = 1000;
        for (var i = 0; i < Most; i++)
        {
            if (await holds())
            {
                return;
            }
        }

        Assert.Fail($"It does not hold after {Most} requests.");
    }

    private static string RenderOf(HttpAnswer answer) => Value(Render(), answer);

    private static string Value(Regex pattern, HttpAnswer answer)
    {
        var match = pattern.Match(answer.Body);
        Assert.True(match.Success, $"{answer.Status}: {answer.Body}");
        return match.Groups[1].Value;
    }

    [GeneratedRegex("render:([0-9a-f-]{36})")]
    private static partial Regex Render();

    [GeneratedRegex("data:([0-9a-f-]{36})")]
    private static partial Regex Data();
}
