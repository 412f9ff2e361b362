using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Svelte;

[Collection<SvelteSite>]
public sealed class EndpointTests(SvelteSite site) : EndpointContract(site)
{
    private readonly SvelteSite _site = site;

    [Fact]
    public async Task OtherMethod_Is405_AndSaysWhichThereAre()
    {
        var answer = await _site.Client.AnswerAsync(HttpMethod.Delete, "/api/echo", content: null);

        Assert.Equal(405, answer.Status);
        Assert.Equal("GET, POST, HEAD", answer["allow"]);
    }

    [Fact]
    public async Task SeveralCookies_AreSeveralHeaders()
    {
        var answer = await _site.GetAsync("/api/cookies", ("cookie", "thread=red"));

        Assert.Equal(204, answer.Status);
        Assert.Collection(
            answer.All("set-cookie"),
            cookie => Assert.StartsWith("one=1;", cookie, StringComparison.Ordinal),
            cookie => Assert.StartsWith("two=red;", cookie, StringComparison.Ordinal)
        );
    }
}
