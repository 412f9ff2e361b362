using System.Text.RegularExpressions;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>Next.js 16 takes its caches from the host, and has profiles and <c>updateTag</c>.</summary>
public sealed partial class OnDemandTests(NextSite site)
    : OnDemandContract(site.Client, site.App, legacy: "/legacy/isr", legacyApi: "/api/legacy/revalidate")
{
    [Fact]
    public async Task RevalidateTag_WithTheProfileMax_GivesStaleDataOnceMore()
    {
        var tag = NewName();
        var target = $"/api/unstable-cache?key={tag}&tag={tag}";
        var first = await KeptData.AskUntilKeptAsync(site.Client, target);

        await RevalidateAsync($"tag={tag}&profile=max");

        Assert.Equal(first, await KeptData.AskAsync(site.Client, target));
        // The fresh one is made in the background, by the function that gave the stale one.
        await UntilAsync(async () => await KeptData.AskAsync(site.Client, target) != first);
    }

    [Fact]
    public async Task RevalidateTag_WithTheProfileMax_GivesTheStalePageOnceMore()
    {
        var tag = NewName();
        var before = await PageAsync($"/tagged/{tag}");

        await RevalidateAsync($"tag={tag}&profile=max");

        Assert.Equal(before, await PageAsync($"/tagged/{tag}"));
        await UntilAsync(async () => (await PageAsync($"/tagged/{tag}")).Data != before.Data);
    }

    [Fact]
    public async Task UpdateTag_InAServerAction_ShowsWhoSentItTheNewPage()
    {
        var tag = NewName();
        var before = await PageAsync($"/tagged/{tag}");
        var action = ActionId().Match((await site.GetAsync("/update")).Body).Value;
        using var form = BrowserForm.Of((action, ""), ("tag", tag));

        var answer = await site.Client.AnswerAsync(HttpMethod.Post, "/update", form, []);

        Assert.Equal((303, $"/tagged/{tag}"), (answer.Status, answer["location"]));
        var after = await PageAsync($"/tagged/{tag}");
        Assert.NotEqual(before.Data, after.Data);
        Assert.NotEqual(before.Render, after.Render);
    }

    [GeneratedRegex(@"\$ACTION_ID_[0-9a-f]+")]
    private static partial Regex ActionId();
}
