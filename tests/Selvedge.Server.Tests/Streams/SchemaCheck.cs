using System.Text.Json;

namespace Selvedge.Server.Tests.Streams;

/// <summary>As much of JSON Schema as the document of the streams uses.</summary>
internal static class SchemaCheck
{
    private const string Prefix = "#/";

    /// <summary>Says where a value is not as a schema has it; nothing when it is.</summary>
    public static string Find(JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Find(document, Resolve(document, reference.GetString()!), value, where);
        if (schema.TryGetProperty("enum", out var values))
            return values.EnumerateArray().Any(known => known.GetString() == value.GetString())
                ? ""
                : $"{where}: {value} is none of {values}";
        if (!schema.TryGetProperty("type", out var type))
            return "";
        return type.GetString() switch
        {
            "object" => FindInObject(document, schema, value, where),
            "array" => value.ValueKind is not JsonValueKind.Array
                ? $"{where} is no array"
                : value
                    .EnumerateArray()
                    .Select(item => Find(document, schema.GetProperty("items"), item, where + "[]"))
                    .FirstOrDefault(fault => fault.Length > 0, ""),
            "string" => value.ValueKind is JsonValueKind.String ? "" : $"{where} is no text",
            "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _) ? "" : $"{where} is no whole number",
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "" : $"{where} is neither true nor false",
            var other => $"{where}: the schema's type {other} is not known here",
        };
    }

    private static string FindInObject(JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            return $"{where} is no object";
        if (schema.TryGetProperty("required", out var required))
        {
            var missing = required
                .EnumerateArray()
                .Select(name => name.GetString()!)
                .FirstOrDefault(name => !value.TryGetProperty(name, out _));
            if (missing is not null)
                return $"{where} lacks {missing}";
        }

        if (!schema.TryGetProperty("properties", out var properties))
            return "";
        foreach (var member in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out var described))
                return $"{where}.{member.Name} is not described";
            if (Find(document, described, member.Value, $"{where}.{member.Name}") is { Length: > 0 } fault)
                return fault;
        }

        return "";
    }

    private static JsonElement Resolve(JsonElement document, string reference) =>
        reference[Prefix.Length..].Split('/').Aggregate(document, static (element, name) => element.GetProperty(name));
}
