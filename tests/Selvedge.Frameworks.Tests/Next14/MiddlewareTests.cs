namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>The app's <c>middleware.js</c>, which version 14 runs in the edge runtime alone.</summary>
[Collection<Next14Site>]
public sealed class MiddlewareTests(Next14Site site)
{
    [Fact]
    public async Task Rewrite_ServesTheOtherPage()
    {
        var answer = await site.GetAsync("/mw/rewrite");

        Assert.Equal(200, answer.Status);
        Assert.Contains("post:from-middleware<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_IsSent()
    {
        var answer = await site.GetAsync("/mw/redirect");

        Assert.Equal(307, answer.Status);
        Assert.EndsWith("/posts/moved", answer["location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_IsTheMiddlewaresOwn()
    {
        var answer = await site.GetAsync("/mw/answer");

        Assert.Equal((418, """{"answeredBy":"middleware"}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Next_ChangesWhatThePageSeesAndWhatTheClientGets()
    {
        var answer = await site.GetAsync("/mw/seen");

        Assert.Equal((200, "yes"), (answer.Status, answer["x-woven"]));
        Assert.Contains("from:woven<", answer.Body, StringComparison.Ordinal);
        Assert.Contains(answer.All("set-cookie"), cookie => cookie.StartsWith("middleware=set", StringComparison.Ordinal));
    }
}
