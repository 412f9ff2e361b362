using FsCheck.Fluent;
using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Properties;

public sealed class PatternProperties
{
    private static readonly RoutingOptions Options = new() { RegexTimeout = TimeSpan.FromMilliseconds(20), MemorySize = 0 };

    // A machine under load must not make a plain pattern time out.
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(1);

    [Fact]
    public void Compile_OfAnyText_EitherWorksOrReportsAFault() =>
        Prop.ForAll(
                Generators.Pattern.ToArbitrary(),
                static src =>
                {
                    var faults = new List<RouteFault>();
                    RouteTable.Compile(new RoutingConfig { Routes = [new RouteConfig { Src = src }] }, Options, faults);
                    return faults.TrueForAll(static fault => fault.Key == "routes[0].src");
                }
            )
            .Holds();

    [Fact]
    public void Route_WithAnyPattern_DecidesAndNeverThrows() =>
        Prop.ForAll(
                Generators.Pattern.ToArbitrary(),
                Generators.Path.ToArbitrary(),
                static (src, path) =>
                {
                    var config = new RoutingConfig { Routes = [new RouteConfig { Src = src, Dest = "/x?v=$1" }] };
                    var table = RouteTable.Compile(config, Options, new List<RouteFault>());
                    var deciding = new Router(table, new FakeLookup("static /x")).RouteAsync(
                        Tables.Get(path + new string('a', 200)),
                        null,
                        CancellationToken.None
                    );
                    return deciding.IsCompletedSuccessfully;
                }
            )
            .Holds();

    [Fact]
    public void Prefixes_OfAnyPattern_BeginEveryMatch() =>
        Prop.ForAll(
                Generators.Pattern.ToArbitrary(),
                Generators.Pieces("a", "b", "A", "/", "z", "0").Select(static path => "/" + path).ToArbitrary(),
                static (src, path) =>
                {
                    PathPattern pattern;
                    try
                    {
                        pattern = PathPattern.Compile(src, caseSensitive: false, Options.RegexTimeout);
                    }
                    catch (PatternFormatException)
                    {
                        return true;
                    }

                    return pattern.TryMatch(path, capture: false, out _) != MatchResult.Yes
                        || pattern.Prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
                }
            )
            .Holds();

    [Fact]
    public void Shape_OfAnyPattern_MatchesAsTheEngineDoes() =>
        Prop.ForAll(
                Generators.Pieces("/", "a", ".*", ".+", "(.*)", "(.+)", "(?<n>.*)", "^", "$", @"\.", "b").ToArbitrary(),
                Generators.Pieces("a", "b", "/", ".").Select(static path => "/" + path).ToArbitrary(),
                static (src, path) =>
                {
                    if (PathShape.Of(src) is null || !src.StartsWith('/'))
                        return true;
                    var plain = PathPattern.Compile(src, caseSensitive: false, Patient);
                    // An empty group changes nothing but that an engine is needed.
                    var engine = PathPattern.Compile("(?:)" + src, caseSensitive: false, Patient);
                    var expected = engine.TryMatch(path, capture: true, out var engineMatch);
                    var actual = plain.TryMatch(path, capture: true, out var plainMatch);
                    return actual == expected
                        && (
                            actual == MatchResult.No || plain.GroupNames.Count == 0 || engineMatch.Group(1) == plainMatch.Group(1)
                        );
                }
            )
            .Holds();
}
