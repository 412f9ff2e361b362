using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>
/// What endpoints beside pages see and send, in frameworks whose handlers take a <c>Request</c>. Each app answers <c>/api/echo</c> and
/// <c>/api/stream</c>.
/// </summary>
/// <param name="site">The app.</param>
public abstract class EndpointContract(FrameworkSite site)
{
    [Fact]
    public async Task Get_SeesTheQuery()
    {
        var answer = await site.GetAsync("/api/echo?a=1&a=2");

        Assert.Equal("application/json", answer["content-type"]);
        Assert.Equal(new Uri(site.BaseAddress, "/api/echo?a=1&a=2").AbsoluteUri, Echo(answer, "url"));
    }

    [Fact]
    public async Task Post_SeesTheBody()
    {
        using var body = new StringContent("shuttle");

        var answer = await site.PostAsync("/api/echo", body);

        Assert.Equal("POST", Echo(answer, "method"));
        Assert.Equal("shuttle", Echo(answer, "body"));
    }

    [Fact]
    public async Task Stream_SendsItsFirstLineBeforeItsLast()
    {
        var (gate, until) = site.Gates.NewGate();
        using var connection = await RawConnection.OpenAsync(site.BaseAddress);
        await connection.GetAsync($"/api/stream?until={until}", "Connection: close\r\n");

        // The handler cannot finish before the gate opens, so whatever is here was sent before the end was known.
        var head = await connection.ReadThroughAsync("warp\n");
        await gate.ArrivalAsync();
        Assert.DoesNotContain("weft", head + connection.Pending, StringComparison.Ordinal);
        gate.Open();

        Assert.Contains("weft\n", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static string? Echo(HttpAnswer answer, string part) =>
        JsonDocument.Parse(answer.Body).RootElement.GetProperty(part).GetString();
}
