using System.Text.Json;
using Selvedge.Routing.Config;
using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Golden;

/// <summary>A deployment of a golden file, compiled.</summary>
internal sealed class GoldenDeployment
{
    public GoldenDeployment(JsonElement deployment, int memorySize)
    {
        var faults = new List<RouteFault>();
        var options = new RoutingOptions
        {
            MemorySize = memorySize,
            RegexTimeout = TimeSpan.FromMinutes(1),
            Environment = Environment(deployment),
            RequestQueryWins = deployment.TryGetProperty("requestQueryWins", out var wins) && wins.GetBoolean(),
        };
        var table = RouteTable.Compile(RoutingConfigReader.Read(deployment, faults, new List<string>()), options, faults);
        Assert.Empty(faults);
        var outputs = deployment.GetProperty("outputs").EnumerateArray().Select(static item => item.GetString()!);
        Router = new Router(table, new FakeLookup(outputs));
    }

    public Router Router { get; }

    private static Dictionary<string, string> Environment(JsonElement deployment) =>
        deployment.TryGetProperty("environment", out var environment)
            ? environment
                .EnumerateObject()
                .ToDictionary(static item => item.Name, static item => item.Value.GetString()!, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);
}
