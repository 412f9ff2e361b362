using System.Text.RegularExpressions;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>Pages of the app router.</summary>
[Collection<Next14Site>]
public sealed partial class PageTests(Next14Site site)
{
    [Theory]
    [InlineData("/", "page:home<")]
    [InlineData("/posts/hello", "post:hello<")]
    [InlineData("/posts/caf%C3%A9", "post:café<")]
    [InlineData("/posts/hello?b=1&a=2", "query:[&quot;a&quot;,&quot;b&quot;]<")]
    [InlineData("/alias/hello", "post:hello<")]
    [InlineData("/isr", "page:isr<")]
    [InlineData("/isr/built", "isr:built<")]
    [InlineData("/isr/later", "isr:later<")]
    [InlineData("/closed/listed", "closed:listed<")]
    [InlineData("/tagged/built", "tagged:built<")]
    [InlineData("/draft", "draft:false<")]
    public async Task Page_IsServed(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("text/html", answer["content-type"], StringComparison.Ordinal);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/closed/unlisted")]
    public async Task Page_ThatDoesNotExist_IsTheAppsOwn404(string path)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(404, answer.Status);
        Assert.Contains("custom:404<", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/posts/hello")]
    [InlineData("/isr/built")]
    public async Task Page_GivesItsPayloadToTheRouter(string path)
    {
        var answer = await site.GetAsync(path, ("rsc", "1"));

        Assert.Equal((200, "text/x-component"), (answer.Status, answer["content-type"]));
        Assert.DoesNotContain("<html", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_OfTheConfiguration_IsSent()
    {
        var answer = await site.GetAsync("/moved/hello");

        Assert.Equal((308, "/posts/hello"), (answer.Status, answer["location"]));
    }

    [Fact]
    public async Task Header_OfTheConfiguration_IsSent() =>
        Assert.Equal("hello", (await site.GetAsync("/posts/hello"))["x-post"]);

    [Fact]
    public async Task Suspense_SendsTheShellFirst()
    {
        var (gate, until) = site.Gates.NewGate();
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        await connection.GetAsync($"/suspense?until={until}", "Connection: close\r\n");

        var shell = await connection.ReadThroughAsync("early:shell");
        await gate.ArrivalAsync();
        Assert.DoesNotContain("late:", shell + connection.Pending, StringComparison.Ordinal);
        gate.Open();

        Assert.Contains("late:released", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithoutScript_RunsItsAction()
    {
        var page = await site.GetAsync("/action");
        var action = ActionName().Match(page.Body).Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(""), $"\"{action}\"" },
            { new StringContent("shuttle"), "\"name\"" },
        };

        var answer = await site.PostAsync("/action", form);

        Assert.Equal(303, answer.Status);
        Assert.EndsWith("/posts/shuttle", answer["location"], StringComparison.Ordinal);
    }

    [GeneratedRegex("\\$ACTION_ID_[0-9a-f]+")]
    private static partial Regex ActionName();
}
