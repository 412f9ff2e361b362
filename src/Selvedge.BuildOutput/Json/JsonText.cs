using System.Runtime.InteropServices;
using System.Text.Json;

namespace Selvedge.BuildOutput.Json;

/// <summary>Finds what is JSON by its grammar and yet means nothing: halves of characters, and keys given twice.</summary>
internal static class JsonText
{
    /// <summary>Looks through a document, whose depth its parser has bounded.</summary>
    /// <returns>The first flaw and where it is, or <see langword="null"/>.</returns>
    public static (string Key, string Message)? FindFlaw(JsonElement root) => FindFlaw(root, "");

    private static (string Key, string Message)? FindFlaw(JsonElement element, string key) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => FindFlawInObject(element, key),
            JsonValueKind.Array => FindFlawInArray(element, key),
            JsonValueKind.String when !Decodes(element) => (key, "Holds half of a character: an unpaired surrogate escape."),
            _ => null,
        };

    private static (string Key, string Message)? FindFlawInObject(JsonElement element, string key)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!TryGetName(property, out var name))
                return (key, "Holds a key with half of a character: an unpaired surrogate escape.");
            var path = JsonPath.Member(key, name);
            if (!names.Add(name))
                return (path, "Is given twice; keep one.");
            if (FindFlaw(property.Value, path) is { } flaw)
                return flaw;
        }

        return null;
    }

    private static (string Key, string Message)? FindFlawInArray(JsonElement element, string key)
    {
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (FindFlaw(item, JsonPath.Item(key, index++)) is { } flaw)
                return flaw;
        }

        return null;
    }

    private static bool Decodes(JsonElement text)
    {
        // Only escapes can go wrong, for the bytes are known to be UTF-8.
        if (!JsonMarshal.GetRawUtf8Value(text).Contains((byte)'\\'))
            return true;
        try
        {
            _ = text.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryGetName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
