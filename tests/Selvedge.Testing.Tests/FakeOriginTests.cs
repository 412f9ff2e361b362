using Microsoft.AspNetCore.Http;

namespace Selvedge.Testing.Tests;

public sealed class FakeOriginTests
{
    [Fact]
    public async Task Request_IsRecordedAsItWasSent()
    {
        await using var origin = await FakeOrigin.StartAsync((_, context) => context.Response.WriteAsync("answer"));
        using var client = PlainHttp.CreateClient(origin.BaseAddress);
        using var body = new StringContent("shuttle");

        var answer = await client.AnswerAsync(HttpMethod.Put, "/a%2Fb?x=1", body, ("x-probe", "thread"));

        var request = Assert.Single(origin.Requests);
        Assert.Equal("answer", answer.Body);
        Assert.Equal(("PUT", "/a%2Fb?x=1", "shuttle"), (request.Method, request.Target, request.Body));
        Assert.Equal("thread", request.Headers["X-Probe"]);
    }

    [Fact]
    public async Task Gate_HoldsTheAnswerUntilItOpens()
    {
        var gate = new Gate();
        await using var origin = await FakeOrigin.StartAsync((_, context) => gate.PassAsync(context.RequestAborted));
        using var client = PlainHttp.CreateClient(origin.BaseAddress);

        var answer = client.AnswerAsync("/");
        await gate.ArrivalAsync();
        Assert.False(answer.IsCompleted);
        gate.Open();

        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task RawConnection_ShowsAResponseBeforeItsEnd()
    {
        var gate = new Gate();
        await using var origin = await FakeOrigin.StartAsync(
            async (_, context) =>
            {
                await context.Response.WriteAsync("first;");
                await context.Response.Body.FlushAsync();
                await gate.PassAsync();
                await context.Response.WriteAsync("last;");
            }
        );
        using var connection = await RawConnection.OpenAsync(origin.BaseAddress);
        await connection.GetAsync("/", "Connection: close\r\n");

        var head = await connection.ReadHeadAsync();
        var first = await connection.ReadThroughAsync("first;");
        Assert.DoesNotContain("last;", first + connection.Pending, StringComparison.Ordinal);
        gate.Open();

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        Assert.Contains("last;", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
