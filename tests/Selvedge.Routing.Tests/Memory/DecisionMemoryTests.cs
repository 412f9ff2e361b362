using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Memory;

public sealed class DecisionMemoryTests
{
    [Fact]
    public async Task Route_WithTheSameInputs_GivesTheSameDecision()
    {
        var router = Router("[{'src':'/a','dest':'/b'}]");

        var first = await Route(router, Tables.Get("/a"));

        Assert.Same(first, await Route(router, Tables.Get("/a", ("unrelated", "x"))));
    }

    [Fact]
    public async Task Route_WithAnotherMethodOrQuery_DecidesAgain()
    {
        var router = Router("[{'src':'/a','dest':'/b'}]");
        var first = await Route(router, Tables.Get("/a"));

        Assert.NotSame(first, await Route(router, Tables.Get("/a?x")));
    }

    [Theory]
    [InlineData("{'type':'header','key':'x-a'}", "x-a", "1")]
    [InlineData("{'type':'cookie','key':'a'}", "cookie", "a=1")]
    public async Task Route_WithAnotherValueOfAnInput_DecidesAgain(string condition, string name, string value)
    {
        var router = Router($"[{{'src':'/a','has':[{condition}],'dest':'/b'}}]");
        var without = await Route(router, Tables.Get("/a"));

        var with = await Route(router, Tables.Get("/a", (name, value)));

        Assert.Equal((RouteOutcome.Error, RouteOutcome.Target), (without.Outcome, with.Outcome));
    }

    [Fact]
    public async Task Route_WithAnotherCookieThatNobodyAskedFor_RemembersStill()
    {
        var router = Router("[{'src':'/a','has':[{'type':'cookie','key':'a'}],'dest':'/b'}]");
        var first = await Route(router, Tables.Get("/a", ("cookie", "a=1; b=1")));

        Assert.Same(first, await Route(router, Tables.Get("/a", ("cookie", "b=2; a=1"))));
    }

    [Fact]
    public async Task Route_WithAHeaderOnlyConsultedOnAnotherCourse_RemembersStill()
    {
        var router = Router("[{'src':'/a','has':[{'type':'header','key':'x-a'},{'type':'header','key':'x-b'}],'dest':'/b'}]");
        var first = await Route(router, Tables.Get("/a"));

        Assert.Same(first, await Route(router, Tables.Get("/a", ("x-b", "1"))));
    }

    [Fact]
    public async Task Route_ThroughMiddleware_AsksItEveryTime()
    {
        var router = Router("[{'src':'/a','middlewarePath':'m','continue':true}]");
        var middleware = new FakeMiddleware(
            new MiddlewareResponse
            {
                Status = 200,
                Headers = [],
                IsEmpty = true,
            }
        );

        await router.RouteAsync(Tables.Get("/a"), middleware, CancellationToken.None);
        await router.RouteAsync(Tables.Get("/a"), middleware, CancellationToken.None);

        Assert.Equal(2, middleware.Calls.Count);
    }

    [Fact]
    public async Task Route_PastMiddlewareThatDoesNotApply_IsRemembered()
    {
        var router = Router("[{'src':'/m','middlewarePath':'m','continue':true},{'src':'/a','dest':'/b'}]");
        var first = await Route(router, Tables.Get("/a"));

        Assert.Same(first, await Route(router, Tables.Get("/a")));
    }

    [Fact]
    public async Task Route_WithMoreRequestsThanItRemembers_ForgetsTheOldest()
    {
        var router = Router("[]", size: 4);
        var first = await Route(router, Tables.Get("/b"));
        for (var i = 0; i < 8; i++)
            await Route(router, Tables.Get($"/b?{i}"));

        Assert.NotSame(first, await Route(router, Tables.Get("/b")));
    }

    [Fact]
    public async Task Route_WhatIsAskedForAgain_OutlivesWhatIsNot()
    {
        var router = Router("[]", size: 4);
        var first = await Route(router, Tables.Get("/b"));
        for (var i = 0; i < 8; i++)
        {
            await Route(router, Tables.Get($"/b?{i}"));
            await Route(router, Tables.Get("/b"));
        }

        Assert.Same(first, await Route(router, Tables.Get("/b")));
    }

    [Fact]
    public async Task Route_WithTooLongAPath_IsNotRemembered()
    {
        var router = Router("[]");
        var path = "/" + new string('a', 3000);
        var first = await Route(router, Tables.Get(path));

        Assert.NotSame(first, await Route(router, Tables.Get(path)));
    }

    [Fact]
    public void Route_WhenRemembered_AllocatesNothing()
    {
        var router = Router(
            "[{'src':'/a','has':[{'type':'header','key':'x-a'},{'type':'cookie','key':'c','value':'1'}],'dest':'/b'}]"
        );
        var request = Tables.Get("/a", ("x-a", "1"), ("cookie", "b=2; c=1"));
        for (var i = 0; i < 3; i++)
            _ = router.RouteAsync(request, middleware: null, CancellationToken.None).AsTask();
        var decision = router.RouteAsync(request, middleware: null, CancellationToken.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            decision = router.RouteAsync(request, middleware: null, CancellationToken.None);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(decision.IsCompletedSuccessfully);
        Assert.Equal(0, allocated);
    }

    private static Router Router(string routes, int size = 64) =>
        new(
            Tables.Compile(routes, new RoutingOptions { MemorySize = size, RegexTimeout = TimeSpan.FromMinutes(1) }),
            new FakeLookup("static /b")
        );

    private static async Task<RouteDecision> Route(Router router, RouteRequest request) =>
        await router.RouteAsync(request, middleware: null, CancellationToken.None);
}
