using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Svelte;

[Collection<SvelteSite>]
public sealed class FormTests(SvelteSite site)
{
    private static readonly (string, string) Browser = ("accept", "text/html");

    [Fact]
    public async Task Form_IsAnsweredByThePage()
    {
        using var form = Form("thread", "blue & white");

        var answer = await site.PostAsync("/form", form, Browser);

        Assert.Equal(200, answer.Status);
        Assert.Contains("thread:blue &amp; white<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_OfSeveralParts_IsRead()
    {
        // Quoted as browsers do; Node's parser takes nothing else.
        using var form = new MultipartFormDataContent { { new StringContent("blue"), "\"thread\"" } };

        var answer = await site.PostAsync("/form", form, Browser);

        Assert.Contains("thread:blue<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_ThatIsNotValid_HasTheStatusThatTheActionGives()
    {
        using var form = Form("thread", "");

        var answer = await site.PostAsync("/form", form, Browser);

        Assert.Equal(422, answer.Status);
        Assert.Contains("missing:true<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_SentByScript_IsAnsweredWithJson()
    {
        using var form = Form("thread", "blue");

        var answer = await site.PostAsync("/form", form, ("accept", "application/json"), ("x-sveltekit-action", "true"));

        Assert.Equal("success", JsonDocument.Parse(answer.Body).RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task NamedAction_RedirectsWithItsCookie()
    {
        using var form = Form("thread", "blue");

        var answer = await site.PostAsync("/moved-by-form?/save", form, Browser);

        Assert.Equal(303, answer.Status);
        Assert.Equal("/items/7", answer["location"]);
        Assert.StartsWith("saved=yes;", Assert.Single(answer.All("set-cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_FromAnotherSite_IsRefused()
    {
        using var form = Form("thread", "blue");

        var answer = await site.Client.AnswerAsync(
            HttpMethod.Post,
            "/form",
            form,
            Browser,
            ("origin", "http://elsewhere.example")
        );

        Assert.Equal(403, answer.Status);
    }

    private static FormUrlEncodedContent Form(string name, string value) => new([new(name, value)]);
}
