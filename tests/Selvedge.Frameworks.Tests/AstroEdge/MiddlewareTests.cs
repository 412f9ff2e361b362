namespace Selvedge.Frameworks.Tests.AstroEdge;

/// <summary>The app's <c>middleware.js</c>: an edge function that fetches the page from the site itself.</summary>
[Collection<AstroEdgeSite>]
public sealed class MiddlewareTests(AstroEdgeSite site)
{
    [Fact]
    public async Task Page_IsFetchedByTheMiddleware()
    {
        var answer = await site.GetAsync("/posts/hello?color=red", ("x-probe", "thread"));

        Assert.Equal((200, "/posts/hello"), (answer.Status, answer["x-seen"]));
        Assert.Contains("post:hello<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("color:red<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("probe:thread<", answer.Body, StringComparison.Ordinal);
    }

    // No DNS knows the name: the page can only come from the server that was asked.
    [Fact]
    public async Task Page_UnderTheSitesName_IsFetchedWithoutANetwork()
    {
        var answer = await site.GetAsync("/posts/hello", ("host", "shop.invalid"));

        Assert.Equal(200, answer.Status);
        Assert.Contains("post:hello<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_IsAPage() => Assert.Contains("page:home<", (await site.GetAsync("/")).Body, StringComparison.Ordinal);

    [Fact]
    public async Task StaticPage_NeedsNoMiddleware()
    {
        var answer = await site.GetAsync("/about");

        Assert.Equal((200, "HIT"), (answer.Status, answer["x-vercel-cache"]));
        Assert.Null(answer["x-seen"]);
    }

    [Fact]
    public async Task Middleware_Answers()
    {
        var answer = await site.GetAsync("/mw/answer");

        Assert.Equal("""{"answeredBy":"edge-runtime"}""", answer.Body);
    }

    [Fact]
    public async Task Middleware_Redirects()
    {
        var answer = await site.GetAsync("/mw/redirect");

        Assert.Equal("/", answer["location"]);
    }

    [Fact]
    public async Task Path_WithoutAPage_IsTheAppsOwn404()
    {
        var answer = await site.GetAsync("/no-such-page");

        Assert.Equal(404, answer.Status);
        Assert.Contains("custom:404<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_IsA500_AndTheNextPageIsRendered()
    {
        Assert.Equal(500, (await site.GetAsync("/boom")).Status);
        Assert.Equal(200, (await site.GetAsync("/posts/hello")).Status);
    }

    // The path and the data of the middleware reach the function in headers, with a secret beside them.
    [Fact]
    public async Task Client_CannotSpeakForTheMiddleware()
    {
        (string, string)[] forged =
        [
            ("x-astro-path", "/posts/other"),
            ("x-astro-locals", """{"woven":"forged"}"""),
            ("x-astro-middleware-secret", "guessed"),
        ];

        var page = await site.GetAsync("/posts/plain", forged);
        var function = await site.GetAsync("/_render", forged);

        Assert.Equal(200, page.Status);
        Assert.Contains("post:plain<", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("post:other<", function.Body, StringComparison.Ordinal);
    }
}
