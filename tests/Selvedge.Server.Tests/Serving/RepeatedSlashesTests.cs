using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class RepeatedSlashesTests
{
    private const string Route = """{"src":"^/docs/(?<nxtPall>.+)$","dest":"/page?nxtPall=$nxtPall"}""";
    private const string Echo = "export default (req, res) => res.end(req.url);";

    [Fact]
    public async Task NextSite_RedirectsWithTheClientsQueryAlone()
    {
        await using var site = await Site.ServeAsync("", FilesOf("nextjs"));

        var answer = await site.Client.AnswerAsync("/docs//a///b/?x=1");

        Assert.Equal(308, answer.Status);
        Assert.Equal("/docs/a/b/?x=1", answer["location"]);
    }

    [Fact]
    public async Task OtherSite_KeepsThem()
    {
        await using var site = await Site.ServeAsync("", FilesOf("astro"));

        var answer = await site.Client.AnswerAsync("/docs//a");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("/docs//a?", answer.Body, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> FilesOf(string framework) =>
        new(Site.Function("page", Echo))
        {
            ["config.json"] = $$"""{"version":3,"framework":{"slug":"{{framework}}"},"routes":[{{Route}}]}""",
        };
}
