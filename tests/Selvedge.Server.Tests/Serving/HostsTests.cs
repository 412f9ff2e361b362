using Selvedge.Server.Configuration;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

/// <summary>Which hosts a site answers for.</summary>
public sealed class HostsTests
{
    private static readonly SelvedgeOptions Named = new() { Hosts = ["site.test"] };

    private const string Counting = "let count = 0; export default (req, res) => res.end(String(++count));";

    private const string Config = "\"expiration\":3600,\"allowQuery\":[]";

    [Fact]
    public async Task Request_ForAHostThatTheSettingsDoNotName_IsRefusedAndRendersNothing()
    {
        await using var site = await ServeAsync(Named);

        var refused = await site.Client.AnswerAsync("/page", ("host", "made-up.test"), ("accept", "application/json"));
        var answered = await site.Client.AnswerAsync("/page", ("host", "site.test"));

        Assert.Equal((404, "DEPLOYMENT_NOT_FOUND"), (refused.Status, refused["x-vercel-error"]));
        Assert.Contains("There is no site of that name here.", refused.Body, StringComparison.Ordinal);
        Assert.Equal((200, "1"), (answered.Status, answered.Body));
    }

    [Fact]
    public async Task Request_ForTheAddressListenedOn_IsAnswered()
    {
        await using var site = await ServeAsync(Named);

        Assert.Equal(200, (await site.Client.AnswerAsync("/page")).Status);
    }

    [Fact]
    public async Task Request_ForAnyHostOfASiteThatTheSettingsDoNotName_IsAnswered()
    {
        await using var site = await ServeAsync(new());

        Assert.Equal(200, (await site.Client.AnswerAsync("/page", ("host", "any.test"))).Status);
    }

    private static Task<Site> ServeAsync(SelvedgeOptions options) =>
        Site.ServeAsync("", new Dictionary<string, string>(Site.Prerender("page", Counting, Config)), options);
}
