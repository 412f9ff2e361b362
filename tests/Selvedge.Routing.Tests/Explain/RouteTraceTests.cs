using Selvedge.Routing.Explain;
using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Explain;

public sealed class RouteTraceTests
{
    [Fact]
    public async Task Trace_OfARequest_TellsEachStep()
    {
        var table = Tables.Compile(
            "[{'src':'/(.*)','headers':{'x-h':'1'},'continue':true},{'handle':'rewrite'},{'src':'/blog/(?<slug>.+)','dest':'/blog/[slug]?slug=$slug'},{'handle':'hit'},{'src':'/(.*)','headers':{'x-m':'/$1'}}]"
        );
        var trace = new RouteTrace();

        await new Router(table, new FakeLookup("prerender /blog/[slug]")).RouteAsync(
            Tables.Get("/blog/a"),
            null,
            trace,
            CancellationToken.None
        );

        Assert.Equal(
            """
            route initial routes[0] /(.*) on /blog/a: header x-h: 1
            lookup on /blog/a: nothing
            route rewrite routes[2] /blog/(?<slug>.+) on /blog/a: path /blog/[slug]; query slug=a
            lookup on /blog/[slug]: prerender /blog/[slug]
            route hit routes[4] /(.*) on /blog/[slug]: header x-m: /blog/[slug]
            decision on /blog/[slug]: prerender /blog/[slug]

            """,
            trace.ToString()
        );
    }

    [Fact]
    public async Task Trace_AsJson_HasTheSameSteps()
    {
        var trace = new RouteTrace();

        await new Router(Tables.Compile("[{'src':'/<a>','status':404}]"), new FakeLookup()).RouteAsync(
            Tables.Get("/<a>"),
            null,
            trace,
            CancellationToken.None
        );

        Assert.Equal(
            """[{"kind":"route","phase":"initial","route":0,"src":"/<a>","path":"/<a>","effects":["status 404"]},{"kind":"failure","phase":"error","path":"/<a>","effects":["status 404","NOT_FOUND"]},{"kind":"decision","path":"/<a>","effects":["error NOT_FOUND","status 404"]}]""",
            trace.ToJson().Replace("\n", "").Replace("  ", "").Replace("\": ", "\":")
        );
    }

    [Fact]
    public async Task Trace_OfARememberedRequest_IsTakenAfresh()
    {
        var router = new Router(Tables.Compile("[]"), new FakeLookup("static /a"));
        await router.RouteAsync(Tables.Get("/a"), null, CancellationToken.None);
        var trace = new RouteTrace();

        await router.RouteAsync(Tables.Get("/a"), null, trace, CancellationToken.None);

        Assert.Equal(2, trace.Steps.Count);
    }
}
