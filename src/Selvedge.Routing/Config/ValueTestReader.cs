using System.Text.Json;

namespace Selvedge.Routing.Config;

/// <summary>Reads the operators of a condition's value or of a transform's key.</summary>
internal static class ValueTestReader
{
    public static ValueTestConfig Read(JsonElement value, string key, string pattern, ConfigReport report)
    {
        var test = new ValueTestConfig();
        var any = false;
        foreach (var member in report.Members(value, key))
        {
            any = true;
            var at = $"{key}.{member.Name}";
            switch (member.Name)
            {
                case "eq":
                    test = test with { Equal = report.Scalar(member.Value, at) };
                    break;
                case "neq":
                    test = test with { NotEqual = report.Scalar(member.Value, at) };
                    break;
                case "inc":
                    test = test with { In = report.Texts(member.Value, at) };
                    break;
                case "ninc":
                    test = test with { NotIn = report.Texts(member.Value, at) };
                    break;
                case "pre":
                    test = test with { Prefix = report.Text(member.Value, at) };
                    break;
                case "suf":
                    test = test with { Suffix = report.Text(member.Value, at) };
                    break;
                case "re":
                    test = test with { Regex = report.Text(member.Value, at) };
                    break;
                case "gt":
                    test = test with { GreaterThan = report.Number(member.Value, at) };
                    break;
                case "gte":
                    test = test with { AtLeast = report.Number(member.Value, at) };
                    break;
                case "lt":
                    test = test with { LessThan = report.Number(member.Value, at) };
                    break;
                case "lte":
                    test = test with { AtMost = report.Number(member.Value, at) };
                    break;
                default:
                    // Left out, the item would hold for every request: a guard that guards nothing.
                    report.Fault(at, $"There is no operator \"{member.Name}\".");
                    report.Unknown($"{pattern}.{member.Name}");
                    break;
            }
        }

        if (!any)
            report.Fault(key, "An object of operators needs at least one operator.");
        return test;
    }
}
