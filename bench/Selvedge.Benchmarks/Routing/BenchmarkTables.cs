using System.Globalization;
using System.Text.Json;
using Selvedge.Routing;
using Selvedge.Routing.Config;

namespace Selvedge.Benchmarks.Routing;

/// <summary>The route tables that are measured.</summary>
internal static class BenchmarkTables
{
    /// <summary>The shape of a Next.js 16 application: app and pages router, data routes, redirects, middleware.</summary>
    public static Router Next16(int memorySize)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Routing", "next-16.json"))
        );
        var deployment = document.RootElement[0];
        var config = RoutingConfigReader.Read(deployment, new List<RouteFault>(), new List<string>());
        var outputs = deployment.GetProperty("outputs").EnumerateArray().Select(static output => output.GetString()!).ToList();
        return Compile(config, outputs, memorySize);
    }

    /// <summary>Rewrites after files, each with a beginning of its own and a parameter, and a header rule for every path.</summary>
    public static Router Rewrites(int count, int memorySize)
    {
        var routes = new List<RouteConfig>
        {
            new()
            {
                Src = "/(.*)",
                Headers = [new("x-frame-options", "DENY")],
                Continue = true,
            },
        };
        for (var i = 0; i < count - 1; i++)
        {
            routes.Add(
                new RouteConfig
                {
                    Index = i + 1,
                    Phase = RoutePhase.Filesystem,
                    Src = string.Create(CultureInfo.InvariantCulture, $"^/section{i}/(?<id>[^/]+)$"),
                    Dest = "/page?id=$id",
                    Check = true,
                }
            );
        }

        return Compile(new RoutingConfig { Routes = routes }, ["function /page", "static /logo.png"], memorySize);
    }

    /// <summary>A request as a browser makes it.</summary>
    public static RouteRequest Get(string path, string query = "") =>
        new()
        {
            Method = "GET",
            Path = path,
            Query = query,
            Host = "site.test",
            Headers = new BenchmarkHeaders(),
        };

    private static Router Compile(RoutingConfig config, IReadOnlyList<string> outputs, int memorySize)
    {
        var faults = new List<RouteFault>();
        var table = RouteTable.Compile(config, new RoutingOptions { MemorySize = memorySize }, faults);
        if (faults.Count > 0)
            throw new InvalidOperationException("The table has a fault: " + faults[0]);
        return new Router(table, new BenchmarkLookup(outputs));
    }
}
