namespace Selvedge.BuildOutput.Json;

/// <summary>Names a place in a JSON document as a person would: <c>routes[3].has[0].value</c>, <c>overrides["a.html"].path</c>.</summary>
internal static class JsonPath
{
    /// <summary>The key of an object at <paramref name="parent"/> (empty for the root).</summary>
    public static string Member(string parent, string name)
    {
        var plain = name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        if (!plain)
            return $"{parent}[\"{name}\"]";
        return parent.Length == 0 ? name : $"{parent}.{name}";
    }

    /// <summary>The item of an array at <paramref name="parent"/>.</summary>
    public static string Item(string parent, int index) => $"{parent}[{index}]";
}
