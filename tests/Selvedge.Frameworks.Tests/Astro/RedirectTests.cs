using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Astro;

[Collection<AstroSite>]
public sealed class RedirectTests(AstroSite site)
{
    [Theory]
    [InlineData("/moved", 301, "/about")]
    [InlineData("/moved-for-now", 302, "/about")]
    [InlineData("/moved/thread", 301, "/posts/thread")]
    [InlineData("/moved/caf%C3%A9", 301, "/posts/caf%C3%A9")]
    [InlineData("/posts/former", 301, "/posts/latter")]
    public async Task Redirect_LeadsToItsDestination(string path, int status, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Theory]
    [InlineData("/about/", "/about")]
    [InlineData("/posts/hello/", "/posts/hello")]
    [InlineData("/posts/hello/?a=1", "/posts/hello?a=1")]
    [InlineData("/moved/", "/moved")]
    [InlineData("/no-such-page/", "/no-such-page")]
    public async Task TrailingSlash_IsTakenOff(string path, string location)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(308, answer.Status);
        Assert.Equal(location, answer["location"]);
    }

    [Fact]
    public async Task TrailingSlash_AfterTheNameOfAHost_DoesNotLeadThere()
    {
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        await connection.GetAsync("//elsewhere.example/", "Connection: close\r\n");

        var answer = await connection.ReadToEndAsync();

        Assert.Contains("Location: /elsewhere.example\r\n", answer, StringComparison.Ordinal);
    }
}
