using System.Text.Json;

namespace Selvedge.Routing.Config;

/// <summary>Reads <c>has</c> and <c>missing</c>.</summary>
internal static class ConditionReader
{
    private const int MaxConditions = 16;

    public static IReadOnlyList<ConditionConfig> Read(JsonElement value, string key, string pattern, ConfigReport report)
    {
        var conditions = new List<ConditionConfig>();
        foreach (var (item, itemKey) in report.Items(value, key))
        {
            if (conditions.Count == MaxConditions)
            {
                report.Fault(key, $"There are more than {MaxConditions} conditions.");
                break;
            }

            if (ReadCondition(item, itemKey, pattern, report) is { } condition)
                conditions.Add(condition);
        }

        return conditions;
    }

    private static ConditionConfig? ReadCondition(JsonElement value, string key, string pattern, ConfigReport report)
    {
        ConditionKind? kind = null;
        string? name = null;
        string? text = null;
        ValueTestConfig? test = null;
        var valid = true;
        foreach (var member in report.Members(value, key))
        {
            var at = $"{key}.{member.Name}";
            switch (member.Name)
            {
                case "type":
                    kind = ReadKind(member.Value, at, report);
                    valid &= kind is not null;
                    break;
                case "key":
                    name = report.Text(member.Value, at);
                    break;
                case "value" when member.Value.ValueKind == JsonValueKind.Object:
                    test = ValueTestReader.Read(member.Value, at, pattern + ".value", report);
                    break;
                case "value":
                    text = report.Scalar(member.Value, at);
                    valid &= text is not null;
                    break;
                default:
                    report.Unknown($"{pattern}.{member.Name}");
                    break;
            }
        }

        if (value.ValueKind != JsonValueKind.Object || !valid)
            return null;
        if (kind is null)
            return Invalid("A condition needs a type: host, header, cookie or query.");
        if (kind == ConditionKind.Host && text is null && test is null)
            return Invalid("A condition on the host needs a value.");
        if (kind != ConditionKind.Host && name is null)
            return Invalid("This condition needs a key, the name to look up.");

        return new ConditionConfig
        {
            Kind = kind.Value,
            Key = kind == ConditionKind.Host ? null : name,
            Pattern = text,
            Test = test,
        };

        ConditionConfig? Invalid(string message)
        {
            report.Fault(key, message);
            return null;
        }
    }

    private static ConditionKind? ReadKind(JsonElement value, string key, ConfigReport report)
    {
        switch (report.Text(value, key))
        {
            case "host":
                return ConditionKind.Host;
            case "header":
                return ConditionKind.Header;
            case "cookie":
                return ConditionKind.Cookie;
            case "query":
                return ConditionKind.Query;
            case { } other:
                report.Fault(key, $"There is no condition on \"{other}\"; use host, header, cookie or query.");
                return null;
            default:
                return null;
        }
    }
}
