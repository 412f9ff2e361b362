using System.Text.Json;
using Selvedge.Routing.Config;

namespace Selvedge.Routing.Tests.Fakes;

/// <summary>Tables and requests in a line.</summary>
internal static class Tables
{
    /// <summary>Compiles routes written as JSON, single quotes for double ones.</summary>
    public static RouteTable Compile(string routes, RoutingOptions? options = null)
    {
        var faults = new List<RouteFault>();
        var table = RouteTable.Compile(
            Read(routes, faults),
            options ?? new RoutingOptions { RegexTimeout = TimeSpan.FromMinutes(1) },
            faults
        );
        Assert.Empty(faults);
        return table;
    }

    /// <summary>Reads routes written as JSON, single quotes for double ones.</summary>
    public static RoutingConfig Read(string routes, ICollection<RouteFault> faults, ICollection<string>? unknownKeys = null)
    {
        using var document = JsonDocument.Parse($"{{\"routes\":{routes.Replace('\'', '"')}}}");
        return RoutingConfigReader.Read(document.RootElement, faults, unknownKeys ?? new List<string>());
    }

    public static RouteRequest Get(string url, params (string Name, string Value)[] headers)
    {
        var question = url.IndexOf('?', StringComparison.Ordinal);
        return new RouteRequest
        {
            Method = "GET",
            Path = question < 0 ? url : url[..question],
            Query = question < 0 ? "" : url[(question + 1)..],
            Host = "site.test",
            Headers = FakeHeaders.Of(headers),
        };
    }
}
