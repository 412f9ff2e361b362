using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Middleware;

public sealed class MiddlewareCallTests
{
    [Fact]
    public async Task Call_OfMiddleware_CarriesTheRequestAsRoutesLeftIt()
    {
        var middleware = new FakeMiddleware(
            new MiddlewareResponse
            {
                Status = 200,
                Headers = [],
                IsEmpty = true,
            }
        );
        var router = Router(
            "[{'src':'/a','dest':'/b?x=1','continue':true,'transforms':[{'type':'request.headers','op':'set','target':{'key':'x-t'},'args':'1'}]},{'src':'/b','middlewarePath':'mw','continue':true}]"
        );

        await router.RouteAsync(Tables.Get("/a?y=2"), middleware, CancellationToken.None);

        var call = Assert.Single(middleware.Calls);
        Assert.Equal(("/mw", "/b", "x=1&y=2"), (call.MiddlewarePath, call.Path, call.Query));
        Assert.Equal([new HeaderChange(HeaderChangeKind.Set, "x-t", "1")], call.RequestHeaders);
    }

    [Fact]
    public async Task Call_OfMiddlewareThatTakesItsTime_IsAwaited()
    {
        var answer = new TaskCompletionSource<MiddlewareResponse?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var router = Router("[{'src':'/.*','middlewarePath':'mw','continue':true}]");

        var deciding = router.RouteAsync(Tables.Get("/b"), new SlowMiddleware(answer.Task), CancellationToken.None);
        Assert.False(deciding.IsCompleted);
        answer.SetResult(
            new MiddlewareResponse
            {
                Status = 200,
                Headers = [],
                IsEmpty = true,
            }
        );

        Assert.Equal("/b", (await deciding).Target!.OutputPath);
    }

    [Fact]
    public async Task Call_OfTwoMiddlewares_RunsBothInOrder()
    {
        var middleware = new FakeMiddleware(
            new MiddlewareResponse
            {
                Status = 200,
                Headers = [],
                IsEmpty = true,
            }
        );
        var router = Router(
            "[{'src':'/.*','middlewarePath':'one','continue':true},{'src':'/.*','middlewarePath':'two','continue':true}]"
        );

        await router.RouteAsync(Tables.Get("/b"), middleware, CancellationToken.None);

        Assert.Equal(["/one", "/two"], middleware.Calls.Select(static call => call.MiddlewarePath));
    }

    [Fact]
    public async Task Call_OfOneMiddlewareByTwoRoutes_HappensOnce()
    {
        var middleware = new FakeMiddleware(
            new MiddlewareResponse { Status = 200, Headers = [new("x-middleware-rewrite", "/b")] }
        );
        var router = Router(
            "[{'src':'/a','middlewarePath':'mw','continue':true},{'src':'/a|/b','middlewarePath':'/mw','continue':true}]"
        );

        var decision = await router.RouteAsync(Tables.Get("/a"), middleware, CancellationToken.None);

        Assert.Equal("/b", decision.Target!.OutputPath);
        Assert.Equal("/a", Assert.Single(middleware.Calls).Path);
    }

    [Fact]
    public async Task Call_HandsOnTheClientsCancellation()
    {
        using var gone = new CancellationTokenSource();
        var middleware = new TokenMiddleware();

        await Router("[{'src':'/.*','middlewarePath':'mw','continue':true}]")
            .RouteAsync(Tables.Get("/b"), middleware, gone.Token);

        Assert.Equal(gone.Token, middleware.Token);
    }

    private static Router Router(string routes) => new(Tables.Compile(routes), new FakeLookup("static /b"));

    private sealed class SlowMiddleware(Task<MiddlewareResponse?> answer) : IMiddleware
    {
        public async ValueTask<MiddlewareResponse?> InvokeAsync(MiddlewareCall call, CancellationToken cancellationToken) =>
            await answer;
    }

    private sealed class TokenMiddleware : IMiddleware
    {
        public CancellationToken Token { get; private set; }

        public ValueTask<MiddlewareResponse?> InvokeAsync(MiddlewareCall call, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            return ValueTask.FromResult<MiddlewareResponse?>(
                new MiddlewareResponse
                {
                    Status = 200,
                    Headers = [],
                    IsEmpty = true,
                }
            );
        }
    }
}
