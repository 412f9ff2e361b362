using System.Text.Json;

namespace Selvedge.Routing.Config;

/// <summary>Reads the routing part of <c>config.json</c>.</summary>
public static class RoutingConfigReader
{
    private const int MaxRoutes = 10_000;

    /// <summary>Reads <c>routes</c> and <c>wildcard</c>; the root's other keys are left to others.</summary>
    /// <param name="root">The root of <c>config.json</c>.</param>
    /// <param name="faults">Receives what is wrong, all of it, with keys such as <c>routes[3].has[0].value</c>.</param>
    /// <param name="unknownKeys">Receives keys without a meaning here, such as <c>routes[].foo</c>, each once.</param>
    /// <returns>Everything that could be read. A route with a fault may be missing from it.</returns>
    public static RoutingConfig Read(JsonElement root, ICollection<RouteFault> faults, ICollection<string> unknownKeys)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(unknownKeys);
        var report = new ConfigReport(faults, unknownKeys);
        if (root.ValueKind != JsonValueKind.Object)
        {
            report.Fault("$", "The configuration must be a JSON object.");
            return new RoutingConfig();
        }

        return new RoutingConfig
        {
            Routes = Present(root, "routes", out var routes) ? ReadRoutes(routes, report) : [],
            Wildcards = Present(root, "wildcard", out var wildcards) ? ReadWildcards(wildcards, report) : [],
        };
    }

    private static bool Present(JsonElement root, string key, out JsonElement value) =>
        root.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;

    private static List<RouteConfig> ReadRoutes(JsonElement value, ConfigReport report)
    {
        var routes = new List<RouteConfig>();
        var phase = RoutePhase.Initial;
        var entered = new HashSet<RoutePhase>();
        var index = 0;
        foreach (var (item, key) in report.Items(value, "routes"))
        {
            if (index == MaxRoutes)
            {
                report.Fault("routes", $"There are more than {MaxRoutes} routes; the rest is not read.");
                break;
            }

            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("handle", out var handle))
                phase = ReadHandle(handle, key, entered, report) ?? phase;
            else if (RouteReader.Read(item, key, index, phase, report) is { } route)
                routes.Add(route);
            index++;
        }

        return routes;
    }

    private static RoutePhase? ReadHandle(JsonElement value, string key, HashSet<RoutePhase> entered, ConfigReport report)
    {
        key += ".handle";
        if (report.Text(value, key) is not { } name)
            return null;

        RoutePhase? phase = name switch
        {
            "filesystem" => RoutePhase.Filesystem,
            "rewrite" => RoutePhase.Rewrite,
            "resource" => RoutePhase.Resource,
            "hit" => RoutePhase.Hit,
            "miss" => RoutePhase.Miss,
            "error" => RoutePhase.Error,
            _ => null,
        };
        if (phase is null)
            report.Fault(key, $"There is no phase \"{name}\"; use filesystem, rewrite, resource, hit, miss or error.");
        else if (!entered.Add(phase.Value))
            report.Fault(key, $"The phase \"{name}\" begins a second time; put all its routes after one marker.");
        return phase;
    }

    private static List<WildcardConfig> ReadWildcards(JsonElement value, ConfigReport report)
    {
        var wildcards = new List<WildcardConfig>();
        foreach (var (item, key) in report.Items(value, "wildcard"))
        {
            string? domain = null;
            string? replacement = null;
            foreach (var member in report.Members(item, key))
            {
                var memberKey = $"{key}.{member.Name}";
                if (member.NameEquals("domain"))
                    domain = report.Text(member.Value, memberKey);
                else if (member.NameEquals("value"))
                    replacement = report.Text(member.Value, memberKey);
                else
                    report.Unknown("wildcard[]." + member.Name);
            }

            if (domain is null || replacement is null)
                report.Fault(key, "A wildcard needs a domain and a value.");
            else
                wildcards.Add(new WildcardConfig(domain, replacement));
        }

        return wildcards;
    }
}
