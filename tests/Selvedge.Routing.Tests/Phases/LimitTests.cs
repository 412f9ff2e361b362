using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Phases;

public sealed class LimitTests
{
    // Nested repetition behind a lookahead: no linear-time engine, and a path that makes the other one try forever.
    private const string Slow = "/(?=a)(a+)+b";
    private const string SlowPath = "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly RoutingOptions Impatient = new() { RegexTimeout = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task Route_WhenPhasesAreWalkedTooOften_Is508()
    {
        var checks = string.Join(',', Enumerable.Range(0, 40).Select(static i => $"{{'src':'/.*','dest':'/x{i}','check':true}}"));
        var router = Router(
            $"[{{'handle':'filesystem'}},{checks},{{'handle':'rewrite'}},{{'src':'/never','dest':'/y'}},{{'handle':'miss'}},{{'src':'/never','dest':'/y','check':true}}]"
        );

        var decision = await router.RouteAsync(Tables.Get("/z"), null, CancellationToken.None);

        Assert.Equal(
            (RouteOutcome.Error, 508, "INFINITE_LOOP_DETECTED"),
            (decision.Outcome, decision.Status, decision.ErrorCode)
        );
    }

    [Fact]
    public async Task Route_WithManyHeaderRules_IsNotALoop()
    {
        var rules = string.Join(
            ',',
            Enumerable.Range(0, 200).Select(static i => $"{{'src':'/.*','headers':{{'x-{i}':'1'}},'continue':true}}")
        );

        var decision = await Router($"[{rules}]").RouteAsync(Tables.Get("/a"), null, CancellationToken.None);

        Assert.Equal(200, decision.ResponseHeaders.Count);
    }

    [Fact]
    public async Task Route_WhenAPatternTimesOut_DoesNotMatchAndSaysSo()
    {
        var router = Router($"[{{'src':'{Slow}','dest':'/never'}},{{'src':'/.*','dest':'/a'}}]", Impatient);

        var decision = await router.RouteAsync(Tables.Get(SlowPath), null, CancellationToken.None);

        Assert.Equal("/a", decision.Target!.OutputPath);
        Assert.Equal("routes[0]", Assert.Single(decision.Faults).Key);
    }

    [Fact]
    public async Task Route_WhenThePatternOfMiddlewareTimesOut_FailsAndSkipsNothing()
    {
        var router = Router(
            $"[{{'src':'{Slow}','middlewarePath':'auth','continue':true}},{{'src':'/.*','dest':'/a'}}]",
            Impatient
        );

        var decision = await router.RouteAsync(Tables.Get(SlowPath), null, CancellationToken.None);

        Assert.Equal(
            (RouteOutcome.Error, 500, "ROUTER_PATTERN_TIMEOUT"),
            (decision.Outcome, decision.Status, decision.ErrorCode)
        );
    }

    [Fact]
    public async Task Route_WhenPatternsTimeOutAgainAndAgain_GivesUp()
    {
        var slow = string.Join(',', Enumerable.Range(0, 10).Select(static _ => $"{{'src':'{Slow}','dest':'/never'}}"));
        var router = Router($"[{slow},{{'src':'/.*','dest':'/a'}}]", Impatient);

        var decision = await router.RouteAsync(Tables.Get(SlowPath), null, CancellationToken.None);

        Assert.Equal((500, 3), (decision.Status, decision.Faults.Count));
    }

    [Fact]
    public async Task Route_WhenPatternsOfTheHitPhaseTimeOut_IsServedWithoutTheirHeaders()
    {
        var slow = string.Join(',', Enumerable.Range(0, 10).Select(static _ => $"{{'src':'{Slow}','headers':{{'x':'1'}}}}"));
        var table = Tables.Compile($"[{{'handle':'hit'}},{slow}]", Impatient);

        var decision = await new Router(table, new FakeLookup("static " + SlowPath)).RouteAsync(
            Tables.Get(SlowPath),
            null,
            CancellationToken.None
        );

        Assert.Equal((RouteOutcome.Target, null, 3), (decision.Outcome, decision.Status, decision.Faults.Count));
    }

    [Fact]
    public async Task Route_WithNestedRepetitionTheLinearEngineTakes_NeverTimesOut()
    {
        var router = Router("[{'src':'/(a+)+b','dest':'/never'},{'src':'/.*','dest':'/a'}]");

        var decision = await router.RouteAsync(Tables.Get("/" + new string('a', 5000)), null, CancellationToken.None);

        Assert.Equal("/a", decision.Target!.OutputPath);
        Assert.Empty(decision.Faults);
    }

    private static Router Router(string routes, RoutingOptions? options = null) =>
        new(Tables.Compile(routes, options), new FakeLookup("static /a"));
}
