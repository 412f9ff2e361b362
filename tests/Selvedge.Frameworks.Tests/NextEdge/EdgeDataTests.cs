using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.NextEdge;

/// <summary>Data that functions on the edge runtime keep: without the server they would have nowhere to keep it.</summary>
public sealed class EdgeDataTests(NextEdgeSite site)
{
    [Fact]
    public async Task UnstableCache_KeepsDataUntilItsTagIsRevalidated()
    {
        var target = $"/api/kept?tag={Guid.NewGuid():N}";
        var first = await KeptData.AskUntilKeptAsync(site.Client, target);

        using var nothing = new ByteArrayContent([]);
        await site.Client.AnswerAsync(HttpMethod.Post, target, nothing, []);

        Assert.NotEqual(first, await KeptData.AskAsync(site.Client, target));
        Assert.NotEqual(first, await KeptData.AskUntilKeptAsync(site.Client, target));
    }
}
