using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Selvedge.BuildOutput.Tests.Malformed;

/// <summary>Edits JSON text by key: <c>routes[1].src</c>, <c>overrides["404.html"].path</c>.</summary>
internal static partial class JsonEdit
{
    private const string Placeholder = "\"(here)\"";

    /// <summary>Puts a text, which need not be JSON that .NET can hold, in place of a value.</summary>
    public static string Replace(string json, string key, string value)
    {
        if (key.Length == 0)
            return value;
        var root = JsonNode.Parse(json)!;
        var (parent, last) = Find(root, key);
        if (int.TryParse(last, CultureInfo.InvariantCulture, out var index) && parent is JsonArray array)
            array[index] = JsonNode.Parse(Placeholder);
        else
            parent[last] = JsonNode.Parse(Placeholder);
        return root.ToJsonString().Replace(Placeholder, value, StringComparison.Ordinal);
    }

    public static string Remove(string json, string key)
    {
        var root = JsonNode.Parse(json)!;
        var (parent, last) = Find(root, key);
        Assert.True(parent.AsObject().Remove(last));
        return root.ToJsonString();
    }

    private static (JsonNode Parent, string Last) Find(JsonNode root, string key)
    {
        var steps = Steps()
            .Matches(key)
            .Select(static match => match.Groups.Values.Skip(1).First(static group => group.Success).Value)
            .ToArray();
        var parent = root;
        foreach (var step in steps[..^1])
            parent = parent is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)]! : parent[step]!;
        return (parent, steps[^1]);
    }

    [GeneratedRegex("""\["([^"]*)"\]|\[(\d+)\]|([\w-]+)""")]
    private static partial Regex Steps();
}
