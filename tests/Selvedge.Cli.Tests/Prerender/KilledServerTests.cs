using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests.Prerender;

/// <summary>Rendered pages of a server that is killed while it renders and writes them.</summary>
public sealed class KilledServerTests
{
    // Long enough for several blocks on disk, and every part says which render it is of.
    private const string Function = """
        export default (request, response) => {
          const stamp = crypto.randomUUID();
          response.end(JSON.stringify({ stamp, parts: Array.from({ length: 6000 }, () => stamp) }));
        };
        """;

    // Pages are kept for each host, and the port is another one each time.
    private static readonly (string, string) Host = ("host", "site.example");

    [Fact]
    public async Task Page_OfAServerThatIsKilledAgainAndAgain_IsAlwaysWhole()
    {
        using var output = new TempDirectory();
        using var data = new TempDirectory();
        output.Write("config.json", """{"version":3,"routes":[]}""");
        output.Write(
            "functions/page.func/.vc-config.json",
            """{"runtime":"nodejs24.x","handler":"index.mjs","launcherType":"Nodejs"}"""
        );
        output.Write("functions/page.func/index.mjs", Function);
        // Out of date at once: every visit sets off a render and a write.
        output.Write("functions/page.prerender-config.json", """{"expiration":0,"allowQuery":[]}""");

        var survived = 0;
        for (var life = 0; life < 6; life++)
        {
            await using var server = await SelvedgeProcess.StartAsync(output.Path, data.Path);
            using var client = PlainHttp.CreateClient(server.BaseAddress);
            var first = await client.AnswerAsync("/page", Host);
            AssertWhole(first);
            survived += first["x-vercel-cache"] == "STALE" ? 1 : 0;

            // Another number of visits each time, so that the end comes at another point of rendering and writing.
            for (var visit = 0; visit < 5 + (3 * life); visit++)
                AssertWhole(await client.AnswerAsync("/page", Host));
            await DiskEntries.WaitAsync(data.Combine("prerender", "entries"), count: 1);
            await server.KillAsync();
        }

        // All but the first found a page that an earlier one had left.
        Assert.Equal(5, survived);
    }

    private static void AssertWhole(HttpAnswer answer)
    {
        var page = JsonDocument.Parse(answer.Body).RootElement;
        var stamp = page.GetProperty("stamp").GetString();
        var parts = page.GetProperty("parts").EnumerateArray().Select(part => part.GetString()).ToList();

        Assert.Equal(6000, parts.Count);
        Assert.All(parts, part => Assert.Equal(stamp, part));
    }
}
