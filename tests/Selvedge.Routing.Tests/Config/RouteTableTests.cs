using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Config;

public sealed class RouteTableTests
{
    [Theory]
    [InlineData("[{'src':'('}]", "routes[0].src", "The pattern cannot be used. It opens a group that it does not close.")]
    [InlineData(
        "[{'src':'/','has':[{'type':'query','key':'a','value':{'re':'('}}]}]",
        "routes[0].has[0].value",
        "The pattern cannot be used. It opens a group that it does not close."
    )]
    [InlineData(
        "[{'src':'/','headers':{'a b':'1'}}]",
        "routes[0].headers.a b",
        "This is not the name of a header; use letters, digits and hyphens."
    )]
    [InlineData(
        "[{'src':'/','headers':{'a':'1\\n2'}}]",
        "routes[0].headers.a",
        "This value has a control character, which no header may have."
    )]
    [InlineData(
        "[{'handle':'hit'},{'src':'/','dest':'/a','continue':true}]",
        "routes[1]",
        "A route after \"handle\": \"hit\" may only set headers; remove its dest and status."
    )]
    [InlineData(
        "[{'handle':'error'},{'src':'/','middlewarePath':'m'}]",
        "routes[1].middlewarePath",
        "Middleware cannot run in the phases hit, miss and error; move the route before them."
    )]
    [InlineData(
        "[{'src':'/','destination':{'type':'service','service':'backend'}}]",
        "routes[0].destination",
        "Deployments of several services are not supported; build and serve each service by itself."
    )]
    public void Compile_WithAFault_SaysWhereAndWhat(string routes, string key, string message)
    {
        var faults = new List<RouteFault>();

        RouteTable.Compile(Tables.Read(routes, faults), new RoutingOptions(), faults);

        Assert.Equal([new RouteFault(key, message)], faults);
    }

    [Fact]
    public async Task Compile_WithAFaultyRoute_LeavesOnlyThatOut()
    {
        var faults = new List<RouteFault>();
        var table = RouteTable.Compile(
            Tables.Read("[{'src':'('},{'src':'/a','dest':'/b'}]", faults),
            new RoutingOptions(),
            faults
        );

        var decision = await new Router(table, new FakeLookup("static /b")).RouteAsync(
            Tables.Get("/a"),
            null,
            CancellationToken.None
        );

        Assert.Equal("/b", decision.Target!.OutputPath);
    }

    [Fact]
    public void MiddlewarePaths_OfRoutesThatShareOne_NameItOnceWithASlash() =>
        Assert.Equal(
            ["/middleware", "/other"],
            Tables
                .Compile(
                    "[{'src':'/a','middlewarePath':'middleware'},{'src':'/b','middlewarePath':'/middleware'},{'src':'/c','middlewarePath':'other'}]"
                )
                .MiddlewarePaths
        );
}
