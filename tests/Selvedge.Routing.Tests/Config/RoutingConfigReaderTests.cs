using System.Text.Json;
using Selvedge.Routing.Config;
using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Config;

public sealed class RoutingConfigReaderTests
{
    [Theory]
    [InlineData("{}", "routes", "This must be an array, but it is an object.")]
    [InlineData("[1]", "routes[0]", "This must be an object, but it is the number 1.")]
    [InlineData("[{}]", "routes[0]", "A route needs src, the pattern of the paths it applies to.")]
    [InlineData("[{'src':1}]", "routes[0].src", "This must be a string, but it is the number 1.")]
    [InlineData(
        "[{'handle':'later'}]",
        "routes[0].handle",
        "There is no phase \"later\"; use filesystem, rewrite, resource, hit, miss or error."
    )]
    [InlineData(
        "[{'handle':'miss'},{'handle':'miss'}]",
        "routes[1].handle",
        "The phase \"miss\" begins a second time; put all its routes after one marker."
    )]
    [InlineData("[{'src':'/','source':'/'}]", "routes[0].source", "This says again what \"src\" says; keep one of the two.")]
    [InlineData(
        "[{'src':'/','dest':'/a','destination':'/b'}]",
        "routes[0].destination",
        "This says again what \"dest\" says; keep one of the two."
    )]
    [InlineData("[{'src':'/','status':'404'}]", "routes[0].status", "This must be a status from 100 to 999, but it is a string.")]
    [InlineData(
        "[{'src':'/','status':99}]",
        "routes[0].status",
        "This must be a status from 100 to 999, but it is the number 99."
    )]
    [InlineData("[{'src':'/','continue':'yes'}]", "routes[0].continue", "This must be true or false, but it is a string.")]
    [InlineData("[{'src':'/','headers':[]}]", "routes[0].headers", "This must be an object, but it is an array.")]
    [InlineData("[{'src':'/','headers':{'a':[]}}]", "routes[0].headers.a", "This must be a string, but it is an array.")]
    [InlineData(
        "[{'src':'/','has':[{'key':'a'}]}]",
        "routes[0].has[0]",
        "A condition needs a type: host, header, cookie or query."
    )]
    [InlineData(
        "[{'src':'/','has':[{'type':'ip','key':'a'}]}]",
        "routes[0].has[0].type",
        "There is no condition on \"ip\"; use host, header, cookie or query."
    )]
    [InlineData("[{'src':'/','has':[{'type':'host'}]}]", "routes[0].has[0]", "A condition on the host needs a value.")]
    [InlineData(
        "[{'src':'/','missing':[{'type':'header'}]}]",
        "routes[0].missing[0]",
        "This condition needs a key, the name to look up."
    )]
    [InlineData(
        "[{'src':'/','has':[{'type':'query','key':'a','value':{}}]}]",
        "routes[0].has[0].value",
        "An object of operators needs at least one operator."
    )]
    [InlineData(
        "[{'src':'/','has':[{'type':'query','key':'a','value':{'near':1}}]}]",
        "routes[0].has[0].value.near",
        "There is no operator \"near\"."
    )]
    [InlineData(
        "[{'src':'/','has':[{'type':'query','key':'a','value':{'gt':'x'}}]}]",
        "routes[0].has[0].value.gt",
        "This must be a number, but it is a string."
    )]
    [InlineData(
        "[{'src':'/','transforms':[{'type':'request.body','op':'set'}]}]",
        "routes[0].transforms[0].type",
        "There is no transform \"request.body\"; use request.headers, request.query, request.path or response.headers."
    )]
    [InlineData(
        "[{'src':'/','transforms':[{'type':'request.path','op':'append','args':'/'}]}]",
        "routes[0].transforms[0]",
        "A path can only be set."
    )]
    [InlineData(
        "[{'src':'/','transforms':[{'type':'request.query','op':'set','args':'/'}]}]",
        "routes[0].transforms[0]",
        "This transform needs target.key, the name to change."
    )]
    [InlineData(
        "[{'src':'/','destination':{}}]",
        "routes[0].destination",
        "A destination must be a path, a URL, or an object that names a service."
    )]
    public void Read_WithAFault_SaysWhereAndWhat(string routes, string key, string message)
    {
        var faults = new List<RouteFault>();

        Tables.Read(routes, faults);

        Assert.Contains(new RouteFault(key, message), faults);
    }

    [Fact]
    public void Read_WithSeveralFaults_ReportsAll()
    {
        var faults = new List<RouteFault>();

        Tables.Read("[{'src':1},{'src':'/','status':'x','check':1},{}]", faults);

        Assert.Equal(
            ["routes[0].src", "routes[1].status", "routes[1].check", "routes[2]"],
            faults.Select(static fault => fault.Key)
        );
    }

    [Fact]
    public void Read_WithUnknownKeys_NamesEachOnce()
    {
        var unknown = new List<string>();

        Tables.Read(
            "[{'src':'/','foo':1},{'src':'/','foo':2,'has':[{'type':'query','key':'a','bar':1}]}]",
            new List<RouteFault>(),
            unknown
        );

        Assert.Equal(["routes[].foo", "routes[].has[].bar"], unknown);
    }

    [Fact]
    public void Read_WithOlderNames_TakesThemForTheNewer()
    {
        var route = Tables.Read("[{'source':'/a','destination':'/b','statusCode':301}]", new List<RouteFault>()).Routes[0];

        Assert.Equal(("/a", "/b", 301), (route.Src, route.Dest, route.Status));
    }

    [Fact]
    public void Read_WithHandles_GivesEachRouteItsPhase()
    {
        var routes = Tables
            .Read(
                "[{'src':'/0'},{'handle':'hit'},{'src':'/1'},{'handle':'error'},{'src':'/2'},{'handle':'filesystem'},{'src':'/3'}]",
                new List<RouteFault>()
            )
            .Routes;

        Assert.Equal(
            [RoutePhase.Initial, RoutePhase.Hit, RoutePhase.Error, RoutePhase.Filesystem],
            routes.Select(static route => route.Phase)
        );
        Assert.Equal([0, 2, 4, 6], routes.Select(static route => route.Index));
    }

    [Fact]
    public void Read_WithEveryField_KeepsIt()
    {
        var faults = new List<RouteFault>();
        var unknown = new List<string>();

        var route = Tables
            .Read(
                """
                [{'src':'/a','dest':'/b','headers':{'X':'1'},'methods':['GET'],'continue':true,'override':true,'caseSensitive':true,
                  'check':true,'important':true,'status':200,'has':[{'type':'host','value':'h'}],'missing':[{'type':'cookie','key':'c'}],
                  'locale':{'redirect':{'fr':'/fr'},'cookie':'L','value':'x','path':'y','default':'z'},'middlewarePath':'m','middlewareRawSrc':['/a'],
                  'middleware':0,'mitigate':{'action':'deny'},'env':['E'],'respectOriginCacheControl':false,'isInternal':true,'user':true,
                  'transforms':[{'type':'request.headers','op':'set','target':{'key':{'eq':'k'}},'args':['v'],'env':['E']}]}]
                """,
                faults,
                unknown
            )
            .Routes[0];

        Assert.Empty(faults);
        Assert.Empty(unknown);
        Assert.Equal(
            ("/b", true, true, true, true, true, 200, "m", "deny", false),
            (
                route.Dest,
                route.Continue,
                route.Override,
                route.CaseSensitive,
                route.Check,
                route.Important,
                route.Status,
                route.MiddlewarePath,
                route.Mitigate,
                route.RespectOriginCacheControl
            )
        );
        Assert.Equal("fr", route.Locale!.Redirects[0].Key);
        Assert.Equal("k", route.Transforms[0].KeyTest!.Equal);
        Assert.Equal(ConditionKind.Cookie, route.Missing[0].Kind);
    }

    [Fact]
    public void Read_WithNullMembers_TakesThemForAbsent()
    {
        var faults = new List<RouteFault>();

        var route = Tables.Read("[{'src':'/a','dest':null,'has':null,'status':null}]", faults).Routes[0];

        Assert.Empty(faults);
        Assert.Null(route.Dest);
    }

    [Fact]
    public void Read_WithWildcards_ReadsThem()
    {
        using var document = JsonDocument.Parse("""{"wildcard":[{"domain":"a.fr","value":"/fr"},{"domain":"b"}]}""");
        var faults = new List<RouteFault>();

        var config = RoutingConfigReader.Read(document.RootElement, faults, new List<string>());

        Assert.Equal([new WildcardConfig("a.fr", "/fr")], config.Wildcards);
        Assert.Equal([new RouteFault("wildcard[1]", "A wildcard needs a domain and a value.")], faults);
    }

    [Fact]
    public void Read_WithTooLongAText_SaysSo()
    {
        var faults = new List<RouteFault>();

        Tables.Read($"[{{'src':'/{new string('a', 5000)}'}}]", faults);

        Assert.Equal([new RouteFault("routes[0].src", "This is 5001 characters long; at most 4096 are allowed.")], faults);
    }

    [Fact]
    public void Read_WithARootThatIsNoObject_SaysSo()
    {
        using var document = JsonDocument.Parse("[]");
        var faults = new List<RouteFault>();

        RoutingConfigReader.Read(document.RootElement, faults, new List<string>());

        Assert.Equal([new RouteFault("$", "The configuration must be a JSON object.")], faults);
    }
}
