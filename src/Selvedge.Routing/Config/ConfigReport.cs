using System.Globalization;
using System.Text.Json;

namespace Selvedge.Routing.Config;

/// <summary>Reads typed values out of JSON, and collects what does not fit under the key where it was found.</summary>
/// <param name="faults">Receives the faults.</param>
/// <param name="unknownKeys">Receives the names of keys that mean nothing here, with positions left out, each once.</param>
internal sealed class ConfigReport(ICollection<RouteFault> faults, ICollection<string> unknownKeys)
{
    /// <summary>The longest text a configuration may hold.</summary>
    public const int MaxLength = 4096;

    public void Fault(string key, string message) => faults.Add(new RouteFault(key, message));

    public void Unknown(string pattern)
    {
        if (!unknownKeys.Contains(pattern))
            unknownKeys.Add(pattern);
    }

    public string? Text(JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Fault(key, $"This must be a string, but it is {Describe(value)}.");
            return null;
        }

        var text = value.GetString()!;
        if (text.Length <= MaxLength)
            return text;

        Fault(key, $"This is {text.Length} characters long; at most {MaxLength} are allowed.");
        return null;
    }

    /// <summary>A string, or a number or boolean written as one: <c>eq: 1</c> means <c>eq: "1"</c>.</summary>
    public string? Scalar(JsonElement value, string key) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? value.GetRawText()
            : Text(value, key);

    public bool Flag(JsonElement value, string key)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.ValueKind == JsonValueKind.True;

        Fault(key, $"This must be true or false, but it is {Describe(value)}.");
        return false;
    }

    public int? Status(JsonElement value, string key)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var status) && status is >= 100 and <= 999)
            return status;

        Fault(key, $"This must be a status from 100 to 999, but it is {Describe(value)}.");
        return null;
    }

    public double? Number(JsonElement value, string key)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
            return number;
        if (
            value.ValueKind == JsonValueKind.String
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        )
            return number;

        Fault(key, $"This must be a number, but it is {Describe(value)}.");
        return null;
    }

    public IReadOnlyList<string> Texts(JsonElement value, string key)
    {
        var texts = new List<string>();
        foreach (var (item, itemKey) in Items(value, key))
        {
            if (Scalar(item, itemKey) is { } text)
                texts.Add(text);
        }

        return texts;
    }

    public IEnumerable<(JsonElement Item, string Key)> Items(JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(key, $"This must be an array, but it is {Describe(value)}.");
            yield break;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
            yield return (item, $"{key}[{index++}]");
    }

    /// <summary>The members of an object that are not null; a null member counts as absent.</summary>
    public IEnumerable<JsonProperty> Members(JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(key, $"This must be an object, but it is {Describe(value)}.");
            yield break;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                yield return member;
        }
    }

    private static string Describe(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "the number " + value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };
}
