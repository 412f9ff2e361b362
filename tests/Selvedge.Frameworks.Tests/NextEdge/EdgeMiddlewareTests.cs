using System.Text.Json;

namespace Selvedge.Frameworks.Tests.NextEdge;

/// <summary>The app's <c>middleware.js</c>, which runs in the edge runtime.</summary>
public sealed class EdgeMiddlewareTests(NextEdgeSite site)
{
    [Fact]
    public async Task Rewrite_ServesTheOtherPage()
    {
        var answer = await site.GetAsync("/mw/rewrite");

        Assert.Equal(200, answer.Status);
        Assert.Contains("by:middleware<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_IsSent()
    {
        var answer = await site.GetAsync("/mw/redirect");

        Assert.Equal(307, answer.Status);
        Assert.EndsWith("/edge", answer["location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_IsTheMiddlewaresOwn()
    {
        var answer = await site.GetAsync("/mw/answer");

        Assert.Equal((418, """{"answeredBy":"string"}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Request_IsChangedOnItsWay()
    {
        var answer = await site.GetAsync("/mw/echo", ("cookie", "thread=red"));

        Assert.Equal((200, "yes"), (answer.Status, answer["x-woven"]));
        Assert.Equal("woven red", JsonDocument.Parse(answer.Body).RootElement.GetProperty("fromMiddleware").GetString());
        Assert.Contains(answer.All("set-cookie"), cookie => cookie.StartsWith("middleware=set", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Next_WithNothingBehind_Is404() => Assert.Equal(404, (await site.GetAsync("/mw/unknown")).Status);

    [Fact]
    public async Task Error_IsNotPassedBy()
    {
        var answer = await site.GetAsync("/mw/throws");

        Assert.Equal((500, "MIDDLEWARE_INVOCATION_FAILED"), (answer.Status, answer["x-vercel-error"]));
    }

    [Fact]
    public async Task Path_ThatItsMatcherLeavesOut_IsUntouched() =>
        Assert.Contains("home<", (await site.GetAsync("/")).Body, StringComparison.Ordinal);
}
