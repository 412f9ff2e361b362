using System.Text;
using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>
/// What a handler may expect of its host, whichever framework and runtime it is written for. Each app answers the same few paths
/// by the means of its framework; each class that derives from this one says where.
/// </summary>
/// <param name="site">The app.</param>
/// <param name="root">What the paths begin with, such as <c>/web</c>.</param>
/// <param name="name">What the handler calls itself.</param>
public abstract class HandlerContract(FrameworkSite site, string root, string name)
{
    [Fact]
    public async Task Get_SeesPathQueryAndHeaders_AndSetsItsOwn()
    {
        var answer = await site.GetAsync($"{root}/echo?color=two%20words", ("x-probe", "thread"));

        Assert.Equal((200, name), (answer.Status, answer["x-echo"]));
        Assert.StartsWith("application/json", answer["content-type"], StringComparison.Ordinal);
        var echo = Json(answer);
        Assert.Equal("GET", echo.GetProperty("method").GetString());
        Assert.Equal($"{root}/echo", echo.GetProperty("path").GetString());
        Assert.Equal("two words", echo.GetProperty("color").GetString());
        Assert.Equal("thread", echo.GetProperty("probe").GetString());
    }

    [Fact]
    public virtual async Task Post_SeesTheBody()
    {
        // More than fits into one packet, and not ASCII, so that a wrong length or a character cut in two shows.
        var text = new string('é', 200_000);
        using var body = new StringContent(text, Encoding.UTF8, "text/plain");

        var answer = await site.PostAsync($"{root}/echo", body);

        Assert.Equal(200, answer.Status);
        Assert.Equal("POST", Json(answer).GetProperty("method").GetString());
        Assert.Equal(text, Json(answer).GetProperty("body").GetString());
    }

    [Fact]
    public async Task Post_WithoutABody_SeesNone()
    {
        var answer = await site.PostAsync($"{root}/echo", new ByteArrayContent([]));

        Assert.Equal("", Json(answer).GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("warp%20weft", "warp weft")]
    [InlineData("caf%C3%A9", "café")]
    public async Task Parameter_IsDecoded(string sent, string seen)
    {
        var answer = await site.GetAsync($"{root}/items/{sent}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(seen, Json(answer).GetProperty("id").GetString());
    }

    [Fact]
    public virtual async Task Parameter_IsDecodedOnce()
    {
        var answer = await site.GetAsync($"{root}/items/warp%20%26%20%2541");

        Assert.Equal(200, answer.Status);
        Assert.Equal("warp & %41", Json(answer).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Stream_SendsItsFirstLineBeforeItsLast()
    {
        var (gate, until) = site.Gates.NewGate();
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        await connection.SendAsync(
            $"GET {root}/stream?until={until} HTTP/1.1\r\nHost: {site.BaseAddress.Authority}\r\nConnection: close\r\n\r\n"
        );

        // The handler cannot finish before the gate opens, so whatever is here was sent before the end was known.
        var head = await connection.ReadThroughAsync("warp\n");
        await gate.ArrivalAsync();
        Assert.DoesNotContain("weft", head + connection.Pending, StringComparison.Ordinal);
        gate.Open();

        Assert.Contains("weft\n", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_AreSeen_AndSeveralAreSeveralHeaders()
    {
        var answer = await site.GetAsync($"{root}/cookies", ("cookie", "thread=red"));

        Assert.Equal(204, answer.Status);
        Assert.Equal(["one=1", "two=red"], answer.All("set-cookie").Select(cookie => cookie.Split(';')[0]));
    }

    private static JsonElement Json(HttpAnswer answer) => JsonDocument.Parse(answer.Body).RootElement;
}
