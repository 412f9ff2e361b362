using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.PlainApi;

/// <summary>What the platform adds to Node's request and response, beyond what every handler has.</summary>
[Collection<PlainApiSite>]
public sealed class HelperTests(PlainApiSite site)
{
    [Fact]
    public async Task Body_OfJson_IsParsed()
    {
        using var body = JsonContent.Create(new { warp = new[] { 1, 2 } });

        var answer = await site.PostAsync("/helpers/echo", body);

        Assert.Equal("""{"warp":[1,2]}""", Body(answer));
    }

    [Fact]
    public async Task Body_OfAForm_IsParsed()
    {
        using var body = new FormUrlEncodedContent([new("thread", "blue & white")]);

        var answer = await site.PostAsync("/helpers/echo", body);

        Assert.Equal("""{"thread":"blue & white"}""", Body(answer));
    }

    [Fact]
    public async Task Body_ThatIsNoJson_IsTheHandlersError()
    {
        using var body = new StringContent("{", Encoding.UTF8, "application/json");

        var answer = await site.PostAsync("/helpers/echo", body);

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task Send_TakesABuffer()
    {
        var answer = await site.GetAsync("/helpers/send");

        Assert.Equal((201, "woven"), (answer.Status, answer.Body));
        Assert.Equal("application/octet-stream", answer["content-type"]);
    }

    [Fact]
    public async Task Redirect_HasItsStatus()
    {
        var answer = await site.GetAsync("/helpers/redirect");

        Assert.Equal((307, "/about"), (answer.Status, answer["location"]));
    }

    [Fact]
    public async Task Error_IsA500_AndTheNextRequestIsAnswered()
    {
        var answer = await site.GetAsync("/helpers/boom");

        Assert.Equal(500, answer.Status);
        Assert.DoesNotContain("always fails", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await site.GetAsync("/helpers/echo")).Status);
    }

    private static string? Body(HttpAnswer answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty("body").GetString();
}
