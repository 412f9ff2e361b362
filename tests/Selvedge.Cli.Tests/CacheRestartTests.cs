using Microsoft.AspNetCore.Http;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>What is left of the cache when the process is killed.</summary>
public sealed class CacheRestartTests
{
    private static readonly (string, string) Host = ("Host", "example.com");

    [Fact]
    public async Task Serve_KilledAndStartedAgain_AnswersFromDisk()
    {
        var body = new string('x', 3_000_000);
        await using var origin = await FakeOrigin.StartAsync(
            (request, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=600";
                return http.Response.WriteAsync(request.Target == "/long" ? body : "short");
            }
        );
        using var site = new TempDirectory();
        using var data = new TempDirectory();
        var dest = $"{origin.BaseAddress.ToString().TrimEnd('/')}/$1";
        site.Write("config.json", $$"""{"version":3,"routes":[{"src":"^/(.*)$","dest":"{{dest}}"}]}""");
        await using (var first = await SelvedgeProcess.StartAsync(site.Path, data.Path))
        {
            using var client = PlainHttp.CreateClient(first.BaseAddress);
            await client.AnswerAsync("/short", Host);
            await client.AnswerAsync("/short", Host);
            await client.AnswerAsync("/long", Host);
            await DiskEntries.WaitAsync(data.Combine("cache", "http"), count: 2);
            await first.KillAsync();
        }

        var asked = origin.Requests.Count;
        await using var second = await SelvedgeProcess.StartAsync(site.Path, data.Path);
        using var again = PlainHttp.CreateClient(second.BaseAddress);

        Assert.Equal("short", (await again.AnswerAsync("/short", Host)).Body);
        Assert.Equal(body, (await again.AnswerAsync("/long", Host)).Body);
        Assert.Equal(asked, origin.Requests.Count);
    }
}
