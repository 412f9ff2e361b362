using System.Text.Json;

namespace Selvedge.Routing.Config;

/// <summary>Reads one route.</summary>
internal static class RouteReader
{
    private const int MaxHeaders = 100;

    public static RouteConfig? Read(JsonElement value, string key, int index, RoutePhase phase, ConfigReport report)
    {
        string? src = null;
        var route = new RouteConfig
        {
            Index = index,
            Phase = phase,
            Src = "",
        };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in report.Members(value, key))
        {
            var at = $"{key}.{member.Name}";
            var field = CanonicalName(member);
            if (!seen.Add(field))
                report.Fault(at, $"This says again what \"{field}\" says; keep one of the two.");

            if (string.Equals(field, "src", StringComparison.Ordinal))
                src = report.Text(member.Value, at);
            else
                route = ReadField(route, field, member, at, report);
        }

        if (src is not null)
            return route with { Src = src };
        if (!seen.Contains("src"))
            report.Fault(key, "A route needs src, the pattern of the paths it applies to.");
        return null;
    }

    /// <summary>The older names of fields, so that either may be used.</summary>
    private static string CanonicalName(JsonProperty member) =>
        member.Name switch
        {
            "source" => "src",
            "statusCode" => "status",
            "destination" when member.Value.ValueKind == JsonValueKind.String => "dest",
            var name => name,
        };

    private static RouteConfig ReadField(RouteConfig route, string field, JsonProperty member, string at, ConfigReport report)
    {
        var value = member.Value;
        switch (field)
        {
            case "dest":
                return route with { Dest = report.Text(value, at) };
            case "destination":
                return route with { Service = ReadService(value, at, report) };
            case "headers":
                return route with { Headers = ReadHeaders(value, at, report) };
            case "methods":
                return route with { Methods = report.Texts(value, at) };
            case "continue":
                return route with { Continue = report.Flag(value, at) };
            case "override":
                return route with { Override = report.Flag(value, at) };
            case "caseSensitive":
                return route with { CaseSensitive = report.Flag(value, at) };
            case "check":
                return route with { Check = report.Flag(value, at) };
            case "important":
                return route with { Important = report.Flag(value, at) };
            case "status":
                return route with { Status = report.Status(value, at) };
            case "has":
                return route with { Has = ConditionReader.Read(value, at, "routes[].has[]", report) };
            case "missing":
                return route with { Missing = ConditionReader.Read(value, at, "routes[].missing[]", report) };
            case "locale":
                return route with { Locale = ReadLocale(value, at, report) };
            case "middlewarePath":
                return route with { MiddlewarePath = report.Text(value, at) };
            case "mitigate":
                return route with { Mitigate = ReadMitigation(value, at, report) };
            case "transforms":
                return route with { Transforms = TransformReader.Read(value, at, report) };
            case "env":
                return route with { Env = report.Texts(value, at) };
            case "respectOriginCacheControl":
                return route with { RespectOriginCacheControl = report.Flag(value, at) };
            // Bookkeeping of the tools that write the file; it changes nothing at run time.
            case "middlewareRawSrc" or "middleware" or "isInternal" or "user":
                return route;
            default:
                report.Unknown("routes[]." + member.Name);
                return route;
        }
    }

    private static List<KeyValuePair<string, string>> ReadHeaders(JsonElement value, string key, ConfigReport report)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var member in report.Members(value, key))
        {
            if (headers.Count == MaxHeaders)
            {
                report.Fault(key, $"There are more than {MaxHeaders} headers.");
                break;
            }

            if (report.Scalar(member.Value, $"{key}.{member.Name}") is { } text)
                headers.Add(new(member.Name, text));
        }

        return headers;
    }

    private static string? ReadService(JsonElement value, string key, ConfigReport report)
    {
        foreach (var member in report.Members(value, key))
        {
            if (member.NameEquals("service"))
                return report.Text(member.Value, $"{key}.service");
        }

        report.Fault(key, "A destination must be a path, a URL, or an object that names a service.");
        return null;
    }

    private static LocaleConfig ReadLocale(JsonElement value, string key, ConfigReport report)
    {
        var redirects = new List<KeyValuePair<string, string>>();
        string? cookie = null;
        foreach (var member in report.Members(value, key))
        {
            var at = $"{key}.{member.Name}";
            switch (member.Name)
            {
                case "redirect":
                    foreach (var language in report.Members(member.Value, at))
                    {
                        if (report.Text(language.Value, $"{at}.{language.Name}") is { } location)
                            redirects.Add(new(language.Name, location));
                    }

                    break;
                case "cookie":
                    cookie = report.Text(member.Value, at);
                    break;
                case "value" or "path" or "default":
                    break;
                default:
                    report.Unknown("routes[].locale." + member.Name);
                    break;
            }
        }

        return new LocaleConfig(redirects, cookie);
    }

    private static string? ReadMitigation(JsonElement value, string key, ConfigReport report)
    {
        foreach (var member in report.Members(value, key))
        {
            if (member.NameEquals("action"))
                return report.Text(member.Value, $"{key}.action");
            report.Unknown("routes[].mitigate." + member.Name);
        }

        return null;
    }
}
