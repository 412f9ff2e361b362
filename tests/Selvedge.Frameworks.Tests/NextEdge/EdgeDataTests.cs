using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.NextEdge;

/// <summary>Data that functions on the edge runtime keep: without the server they would have nowhere to keep it.</summary>
public sealed class EdgeDataTests(NextEdgeSite site)
{
    [Fact]
    public async Task UnstableCache_KeepsDataUntilItsTagIsRevalidated()
    {
        var target = $"/api/kept?tag={Guid.NewGuid():N}";
        var first = await DataAsync(target);
        Assert.Equal(first, await DataAsync(target));

        using var nothing = new ByteArrayContent([]);
        await site.Client.AnswerAsync(HttpMethod.Post, target, nothing, []);

        var second = await DataAsync(target);
        Assert.NotEqual(first, second);
        Assert.Equal(second, await DataAsync(target));
    }

    private async Task<string> DataAsync(string target)
    {
        var answer = await site.GetAsync(target);
        Assert.True(answer.Status == 200, $"{target}: {answer.Status} {answer.Body}");
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty("data").GetString()!;
    }
}
