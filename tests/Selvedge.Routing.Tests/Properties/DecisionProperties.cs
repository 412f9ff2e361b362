using FsCheck;
using FsCheck.Fluent;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Properties;

/// <summary>What holds of every decision, whatever the client sends. The table uses each way a value can travel.</summary>
public sealed class DecisionProperties
{
    private const string Routes = """
        [
          {'src':'/.*','has':[{'type':'header','key':'x-v','value':'(?<v>[^]*)'}],'headers':{'x-a':'$v','x-b':'1'},'continue':true,
           'transforms':[{'type':'request.headers','op':'set','target':{'key':'x-t'},'args':'$v'},{'type':'response.headers','op':'set','target':{'key':'x-r'},'args':'$v'}]},
          {'src':'/a(?<rest>.*)','has':[{'type':'query','key':'q','value':'(?<q>[^]*)'}],'dest':'/in/$q$rest','continue':true},
          {'src':'/.*b','has':[{'type':'cookie','key':'c','value':'(?<c>[^]*)'}],'status':302,'headers':{'Location':'/to/$c'}},
          {'src':'/(.*)index','status':308,'headers':{'Location':'/$1'}},
          {'src':'/.*','has':[{'type':'header','key':'x-out','value':'(?<o>[^]*)'}],'dest':'https://origin.example/base/$o'},
          {'src':'/.*','has':[{'type':'header','key':'x-host','value':'(?<o>[^]*)'}],'dest':'https://$o.origin.example/'},
          {'handle':'filesystem'},
          {'src':'/(.*)','dest':'/files/$1','check':true},
          {'handle':'error'},
          {'src':'/(.*)','headers':{'x-lost':'$1'},'dest':'/404.html?path=$1'}
        ]
        """;

    private static readonly string[] Outputs = ["static /404.html", "static /files/a", "static /in/a", "function /b"];

    private static Gen<Attempt> Attempts =>
        from path in Generators.Path
        from value in Generators.Value
        from kind in Gen.Elements("x-v", "x-out", "x-host", "cookie", "query", "none")
        select new Attempt(path, kind, value);

    [Fact]
    public void Decision_OfAnyRequest_HasNoHeaderThatCouldEndItsLine() =>
        Check(
            static (_, decision) =>
                decision.ResponseHeaders.All(static header => HeaderText.IsName(header.Name) && HeaderText.IsValue(header.Value))
                && decision
                    .RequestHeaders.Concat(decision.ResponseTransforms)
                    .All(static change => HeaderText.IsName(change.Name) && HeaderText.IsValue(change.Value ?? ""))
                && HeaderText.IsValue(decision.Location ?? "")
        );

    [Fact]
    public void Decision_OfAnyRequest_RedirectsWithinTheSite() =>
        Check(
            static (_, decision) =>
                decision.Location is not { } location
                || (location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal) && !location.Contains('\\'))
        );

    [Fact]
    public void Decision_OfAnyRequest_LeavesForNoOtherHost() =>
        Check(
            static (_, decision) =>
                decision.ExternalUrl is not { } url
                || (
                    Uri.TryCreate(url, UriKind.Absolute, out var uri)
                    && (
                        uri.Host == "origin.example"
                            ? uri.AbsolutePath.StartsWith("/base/", StringComparison.Ordinal)
                            : uri.Host.EndsWith(".origin.example", StringComparison.Ordinal)
                    )
                )
        );

    [Fact]
    public void Lookup_OfAnyRequest_IsAskedForNoPathThatLeadsUp() =>
        Check(static (lookup, _) => lookup.Asked.TrueForAll(static path => StaysInside(path)));

    [Fact]
    public void Decision_WhenRemembered_IsTheOneMadeAfresh()
    {
        var remembering = new Router(
            Tables.Compile(Routes, new RoutingOptions { MemorySize = 16, RegexTimeout = TimeSpan.FromMinutes(1) }),
            new FakeLookup(Outputs)
        );
        Prop.ForAll(
                Attempts.ToArbitrary(),
                attempt =>
                {
                    var request = Request(attempt);
                    var fresh = Describe(
                        Route(
                            new Router(
                                Tables.Compile(
                                    Routes,
                                    new RoutingOptions { MemorySize = 0, RegexTimeout = TimeSpan.FromMinutes(1) }
                                ),
                                new FakeLookup(Outputs)
                            ),
                            request
                        )
                    );
                    return Describe(Route(remembering, request)) == fresh && Describe(Route(remembering, request)) == fresh;
                }
            )
            .Holds();
    }

    private static void Check(Func<FakeLookup, RouteDecision, bool> holds)
    {
        var table = Tables.Compile(Routes, new RoutingOptions { MemorySize = 0, RegexTimeout = TimeSpan.FromMinutes(1) });
        Prop.ForAll(
                Attempts.ToArbitrary(),
                attempt =>
                {
                    var lookup = new FakeLookup(Outputs);
                    return holds(lookup, Route(new Router(table, lookup), Request(attempt)));
                }
            )
            .Holds();
    }

    private static RouteDecision Route(Router router, RouteRequest request)
    {
        var deciding = router.RouteAsync(request, middleware: null, CancellationToken.None).AsTask();
        Assert.True(deciding.IsCompletedSuccessfully);
        return deciding.Result;
    }

    private static RouteRequest Request(Attempt attempt)
    {
        var (path, kind, value) = attempt;
        var query = kind == "query" ? "q=" + Uri.EscapeDataString(value.Replace("\ud800", "", StringComparison.Ordinal)) : "";
        return kind switch
        {
            "query" or "none" => Tables.Get(path.Replace("?", "", StringComparison.Ordinal) + "?" + query),
            "cookie" => Tables.Get(path, ("cookie", "c=" + value)),
            _ => Tables.Get(path, (kind, value)),
        };
    }

    /// <summary>The property in other words than the code's: decoded as often as anyone might, no segment is two dots.</summary>
    private static bool StaysInside(string path)
    {
        var once = Uri.UnescapeDataString(path);
        return !once.Contains('\0') && once.Split('/', '\\').All(static segment => segment is not (".." or "."));
    }

    private static string Describe(RouteDecision decision) =>
        string.Join(
            '\n',
            [
                $"{decision.Outcome} {decision.Status} {decision.ErrorCode} {decision.Target?.OutputPath} {decision.ExternalUrl} {decision.Location}",
                $"{decision.Query} {decision.RequestPath} {decision.RoutedPath} {decision.RouteMatches}",
                .. decision.ResponseHeaders.Select(static header => header.ToString()),
                .. decision.RequestHeaders.Select(static change => change.ToString()),
                .. decision.ResponseTransforms.Select(static change => change.ToString()),
            ]
        );

    /// <summary>A path, and a value that travels in one of several ways.</summary>
    private sealed record Attempt(string Path, string Kind, string Value);
}
