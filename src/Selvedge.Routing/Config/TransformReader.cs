using System.Text.Json;

namespace Selvedge.Routing.Config;

/// <summary>Reads <c>transforms</c>.</summary>
internal static class TransformReader
{
    public static IReadOnlyList<TransformConfig> Read(JsonElement value, string key, ConfigReport report)
    {
        var transforms = new List<TransformConfig>();
        foreach (var (item, itemKey) in report.Items(value, key))
        {
            if (ReadTransform(item, itemKey, report) is { } transform)
                transforms.Add(transform);
        }

        return transforms;
    }

    private static TransformConfig? ReadTransform(JsonElement value, string key, ConfigReport report)
    {
        TransformKind? kind = null;
        HeaderChangeKind? operation = null;
        string? name = null;
        ValueTestConfig? test = null;
        IReadOnlyList<string> args = [];
        IReadOnlyList<string> env = [];
        foreach (var member in report.Members(value, key))
        {
            var at = $"{key}.{member.Name}";
            switch (member.Name)
            {
                case "type":
                    kind = ReadKind(member.Value, at, report);
                    break;
                case "op":
                    operation = ReadOperation(member.Value, at, report);
                    break;
                case "target":
                    (name, test) = ReadTarget(member.Value, at, report);
                    break;
                case "args":
                    args =
                        member.Value.ValueKind == JsonValueKind.Array ? report.Texts(member.Value, at)
                        : report.Scalar(member.Value, at) is { } single ? [single]
                        : [];
                    break;
                case "env":
                    env = report.Texts(member.Value, at);
                    break;
                default:
                    report.Unknown("routes[].transforms[]." + member.Name);
                    break;
            }
        }

        if (kind is null || operation is null)
        {
            if (value.ValueKind == JsonValueKind.Object)
                report.Fault(key, "A transform needs a type it changes and an op: set, append or delete.");
            return null;
        }

        if (kind == TransformKind.RequestPath && operation != HeaderChangeKind.Set)
        {
            report.Fault(key, "A path can only be set.");
            return null;
        }

        if (kind != TransformKind.RequestPath && name is null && test is null)
        {
            report.Fault(key, "This transform needs target.key, the name to change.");
            return null;
        }

        return new TransformConfig
        {
            Kind = kind.Value,
            Operation = operation.Value,
            Key = name,
            KeyTest = test,
            Args = args,
            Env = env,
        };
    }

    private static (string? Name, ValueTestConfig? Test) ReadTarget(JsonElement value, string key, ConfigReport report)
    {
        string? name = null;
        ValueTestConfig? test = null;
        foreach (var member in report.Members(value, key))
        {
            var at = $"{key}.{member.Name}";
            if (!member.NameEquals("key"))
                report.Unknown("routes[].transforms[].target." + member.Name);
            else if (member.Value.ValueKind == JsonValueKind.Object)
                test = ValueTestReader.Read(member.Value, at, "routes[].transforms[].target.key", report);
            else
                name = report.Text(member.Value, at);
        }

        return (name, test);
    }

    private static TransformKind? ReadKind(JsonElement value, string key, ConfigReport report)
    {
        switch (report.Text(value, key))
        {
            case "request.headers":
                return TransformKind.RequestHeaders;
            case "request.query":
                return TransformKind.RequestQuery;
            case "request.path":
                return TransformKind.RequestPath;
            case "response.headers":
                return TransformKind.ResponseHeaders;
            case { } other:
                report.Fault(
                    key,
                    $"There is no transform \"{other}\"; use request.headers, request.query, request.path or response.headers."
                );
                return null;
            default:
                return null;
        }
    }

    private static HeaderChangeKind? ReadOperation(JsonElement value, string key, ConfigReport report)
    {
        switch (report.Text(value, key))
        {
            case "set":
                return HeaderChangeKind.Set;
            case "append":
                return HeaderChangeKind.Append;
            case "delete":
                return HeaderChangeKind.Delete;
            case { } other:
                report.Fault(key, $"There is no operation \"{other}\"; use set, append or delete.");
                return null;
            default:
                return null;
        }
    }
}
