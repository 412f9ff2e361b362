namespace Selvedge.Caching.Fields;

/// <summary>Reads the header fields of a response, one entry a line.</summary>
public static class FieldLines
{
    /// <summary>All lines of a field joined by commas (RFC 9110 section 5.3); <see langword="null"/> if there is none.</summary>
    public static string? Combined(IReadOnlyList<KeyValuePair<string, string>> fields, string name)
    {
        string? combined = null;
        for (var i = 0; i < fields.Count; i++)
        {
            if (Is(fields[i], name))
            {
                combined = combined is null ? fields[i].Value : $"{combined}, {fields[i].Value}";
            }
        }

        return combined;
    }

    /// <summary>Whether a field is there at all.</summary>
    public static bool Has(IReadOnlyList<KeyValuePair<string, string>> fields, string name)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (Is(fields[i], name))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool Is(KeyValuePair<string, string> field, string name) =>
        field.Key.Length == name.Length && field.Key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
