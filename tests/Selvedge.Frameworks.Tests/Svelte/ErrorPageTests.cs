namespace Selvedge.Frameworks.Tests.Svelte;

[Collection<SvelteSite>]
public sealed class ErrorPageTests(SvelteSite site)
{
    [Theory]
    [InlineData("/no-such-page", 404, "error:404:Not Found<")]
    [InlineData("/no/such/page", 404, "error:404:Not Found<")]
    [InlineData("/api/no-such-endpoint", 404, "error:404:Not Found<")]
    [InlineData("/posts/unwritten", 404, "error:404:No such post<")]
    [InlineData("/forbidden", 403, "error:403:Not yours<")]
    [InlineData("/fails", 500, "error:500:Internal Error<")]
    public async Task Error_IsTheAppsOwnPage(string path, int status, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal("text/html", answer["content-type"]);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }
}
