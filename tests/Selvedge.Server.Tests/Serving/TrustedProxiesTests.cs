using Selvedge.Server.Configuration;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

public sealed class TrustedProxiesTests
{
    private const string Echo = "export default (req, res) => res.end(req.headers['x-forwarded-for']);";
    private const string Chain = "6.6.6.6, 203.0.113.7, 10.0.0.2";

    [Fact]
    public async Task ChainOfTrustedProxies_TellsTheAddressBeforeIt()
    {
        await using var site = await ServeAsync("127.0.0.0/8", "10.0.0.0/8");

        var answer = await site.Client.AnswerAsync("/who", ("X-Forwarded-For", Chain));

        Assert.Equal("203.0.113.7", answer.Body);
    }

    [Fact]
    public async Task UntrustedClient_CannotNameAnAddress()
    {
        await using var site = await ServeAsync("10.0.0.0/8");

        var answer = await site.Client.AnswerAsync("/who", ("X-Forwarded-For", Chain));

        Assert.Equal("127.0.0.1", answer.Body);
    }

    private static Task<Site> ServeAsync(params string[] proxies) =>
        Site.ServeAsync(
            "",
            new Dictionary<string, string>([.. Site.Function("who", Echo)]),
            new SelvedgeOptions { TrustedProxies = proxies }
        );
}
