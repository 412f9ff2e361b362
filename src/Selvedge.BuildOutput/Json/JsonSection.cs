using System.Text.Json;

namespace Selvedge.BuildOutput.Json;

/// <summary>
/// An object of a configuration file, read by key and type. A value of the wrong type is a fault and reads as absent, as
/// <c>null</c> does; keys that nobody asked for can be listed afterwards.
/// </summary>
internal sealed class JsonSection
{
    private readonly string _file;
    private readonly string _path;
    private readonly FaultLog _faults;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private JsonSection(JsonElement element, string file, string path, FaultLog faults) =>
        (Element, _file, _path, _faults) = (element, file, path, faults);

    /// <summary>The object itself, for readers of another project.</summary>
    public JsonElement Element { get; }

    /// <summary>The keys that were not asked for.</summary>
    public IEnumerable<string> UnknownKeys =>
        Element.EnumerateObject().Select(static property => property.Name).Where(name => !_asked.Contains(name));

    /// <summary>Reads an element as an object, or adds a fault.</summary>
    public static JsonSection? Of(JsonElement element, string file, string path, FaultLog faults)
    {
        if (element.ValueKind == JsonValueKind.Object)
            return new(element, file, path, faults);
        faults.Add(file, path, WrongType("an object", element));
        return null;
    }

    /// <summary>Adds a fault about a key of this object.</summary>
    public void Fault(string key, string message) => _faults.Add(_file, JsonPath.Member(_path, key), message);

    /// <summary>The value of a key as it is; false if it is absent or null.</summary>
    public bool TryGet(string key, out JsonElement value)
    {
        _asked.Add(key);
        return Element.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Marks keys as known that mean nothing here.</summary>
    public void Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            _asked.Add(key);
    }

    public string? Text(string key)
    {
        if (!TryGet(key, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Fault(key, WrongType("a string", value));
        return null;
    }

    /// <summary>A string that must be there and not be empty.</summary>
    /// <param name="key">The key.</param>
    /// <param name="purpose">What it is for, to tell whoever left it out: "it names …".</param>
    public string? RequiredText(string key, string purpose)
    {
        var absent = !TryGet(key, out var value) || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));
        if (!absent)
            return Text(key);
        Fault(key, $"Is missing: {purpose}.");
        return null;
    }

    public bool? Flag(string key)
    {
        if (!TryGet(key, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fault(key, WrongType("true or false", value));
        return null;
    }

    public int? WholeNumber(string key, int min, int max) =>
        TryGet(key, out var value) ? WholeNumber(key, value, min, max) : null;

    /// <summary>A duration in seconds, which may have a fraction.</summary>
    public TimeSpan? Seconds(string key) => TryGet(key, out var value) ? Seconds(key, value) : null;

    /// <summary>Reads a value that <see cref="TryGet"/> gave as a duration in seconds.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="max">The longest, in seconds. Frameworks write 4294967294 for "for ever", hence the default.</param>
    public TimeSpan? Seconds(string key, JsonElement value, uint max = uint.MaxValue)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds >= 0 && seconds <= max)
            return TimeSpan.FromSeconds(seconds);
        Fault(key, $"Must be a number of seconds from 0 to {max}, not {Describe(value)}.");
        return null;
    }

    public IReadOnlyList<string>? Texts(string key)
    {
        if (Items(key) is not { } items)
            return null;
        var texts = new List<string>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].ValueKind == JsonValueKind.String)
                texts.Add(items[i].GetString()!);
            else
                _faults.Add(_file, JsonPath.Item(JsonPath.Member(_path, key), i), WrongType("a string", items[i]));
        }

        return texts;
    }

    public IReadOnlyList<int>? WholeNumbers(string key, int min, int max)
    {
        if (Items(key) is not { } items)
            return null;
        var numbers = new List<int>(items.Count);
        foreach (var item in items)
        {
            if (WholeNumber(key, item, min, max) is { } number)
                numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>An object whose values are strings, in the order written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> TextMap(string key)
    {
        if (Section(key) is not { } section)
            return [];
        var map = new List<KeyValuePair<string, string>>();
        foreach (var property in section.Element.EnumerateObject())
        {
            if (section.Text(property.Name) is { } text)
                map.Add(new(property.Name, text));
            else if (property.Value.ValueKind == JsonValueKind.Null)
                section.Fault(property.Name, WrongType("a string", property.Value));
        }

        return map;
    }

    public JsonSection? Section(string key) =>
        TryGet(key, out var value) ? Of(value, _file, JsonPath.Member(_path, key), _faults) : null;

    /// <summary>The objects of an array; empty if it is absent.</summary>
    public IReadOnlyList<JsonSection> Sections(string key)
    {
        if (Items(key) is not { } items)
            return [];
        var path = JsonPath.Member(_path, key);
        var sections = new List<JsonSection>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (Of(items[i], _file, JsonPath.Item(path, i), _faults) is { } section)
                sections.Add(section);
        }

        return sections;
    }

    /// <summary>The objects that are an object's values, by key, in the order written.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonSection>> SectionMap(string key)
    {
        if (Section(key) is not { } section)
            return [];
        var map = new List<KeyValuePair<string, JsonSection>>();
        foreach (var property in section.Element.EnumerateObject())
        {
            if (Of(property.Value, _file, JsonPath.Member(section._path, property.Name), _faults) is { } value)
                map.Add(new(property.Name, value));
        }

        return map;
    }

    /// <summary>Says that a value has the wrong type.</summary>
    public static string WrongType(string expected, JsonElement value) => $"Must be {expected}, not {Describe(value)}.";

    private IReadOnlyList<JsonElement>? Items(string key)
    {
        if (!TryGet(key, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray()];
        Fault(key, WrongType("an array", value));
        return null;
    }

    private int? WholeNumber(string key, JsonElement value, int min, int max)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
            return number;
        Fault(key, $"Must be a whole number from {min} to {max}, not {Describe(value)}.");
        return null;
    }

    private static string Describe(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => Shorten(value.GetRawText()),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };

    private static string Shorten(string number)
    {
        const int MaxLength = 24;
        return number.Length <= MaxLength ? number : number[..MaxLength] + "…";
    }
}
