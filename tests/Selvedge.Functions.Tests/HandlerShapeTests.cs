using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

public sealed class HandlerShapeTests
{
    [Fact]
    public async Task Function_OfReqAndRes_Answers()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default (req, res) => { res.setHeader('x-a', 'b'); res.end(`${req.method} ${req.url}`); }"
        );

        var response = await host.GetAsync(function, "/a/b?c=d");

        Assert.Equal((200, "GET /a/b?c=d", "b"), (response.Status, response.Text, response.Header("x-a")));
    }

    [Fact]
    public async Task Function_OfRequestToResponse_Answers()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export const GET = (request) => new Response(`${request.method} ${request.url}`, { status: 201 });"
        );

        var response = await host.GetAsync(
            function,
            "/a?b=c",
            "GET",
            ("x-forwarded-proto", "http"),
            ("x-forwarded-host", "example.org")
        );

        Assert.Equal((201, "GET http://example.org/a?b=c"), (response.Status, response.Text));
    }
}
