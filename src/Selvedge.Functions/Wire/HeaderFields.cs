using System.Buffers;
using System.Collections.Frozen;

namespace Selvedge.Functions.Wire;

/// <summary>Which header fields pass between a client and a function, and which cannot be sent at all.</summary>
internal static class HeaderFields
{
    /// <summary>The host's own fields begin so; they pass in neither direction.</summary>
    private const string InternalPrefix = "x-selvedge-";

    /// <summary>Characters of a token (RFC 9110 section 5.6.2), which a field name is.</summary>
    private static readonly SearchValues<char> TokenChars = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>What a field's value cannot hold (RFC 9110 section 5.5): controls, some of which would end it where it should not.</summary>
    private static readonly SearchValues<char> ForbiddenInValue = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Append(0x7f).Where(code => code != '\t').Select(code => (char)code))
    );

    /// <summary>About one connection (RFC 9110 section 7.6.1).</summary>
    private static readonly FrozenSet<string> HopByHop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "connection",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade"
    );

    /// <summary>Fields of a request that this side decides itself: framing, whom the function believes to be, its name in logs.</summary>
    private static readonly FrozenSet<string> OwnInRequest = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "content-length",
        "expect",
        "host",
        "x-vercel-id"
    );

    /// <summary>
    /// Whether a field of a client's request passes. Fields that <c>Connection</c> names do, because a visitor could have the fields
    /// that the server itself adds dropped in that way; a server removes those that the visitor sent before it adds its own.
    /// </summary>
    public static bool PassesInRequest(string name, string value) =>
        IsToken(name) && IsValue(value) && !HopByHop.Contains(name) && !OwnInRequest.Contains(name) && !IsInternal(name);

    /// <summary>Removes the fields of a function's response that do not pass, and gives back the same list.</summary>
    public static List<KeyValuePair<string, string>> KeepEndToEnd(List<KeyValuePair<string, string>> fields)
    {
        // What Node.js itself says there is that the connection is kept, or closed: there is rarely more.
        string[] named =
            Find(fields, "connection") is { } options && options is not ("keep-alive" or "close")
                ? options.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : [];
        fields.RemoveAll(field =>
            HopByHop.Contains(field.Key) || IsInternal(field.Key) || named.Contains(field.Key, StringComparer.OrdinalIgnoreCase)
        );
        return fields;
    }

    /// <summary>Whether a text is a token, as methods and field names are.</summary>
    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenChars);

    /// <summary>Whether a text can be a field's value.</summary>
    public static bool IsValue(string text) => !text.AsSpan().ContainsAny(ForbiddenInValue);

    /// <summary>The first value of a field, or <see langword="null"/>.</summary>
    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> fields, string name)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (string.Equals(fields[i].Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return fields[i].Value;
            }
        }

        return null;
    }

    private static bool IsInternal(string name) => name.StartsWith(InternalPrefix, StringComparison.OrdinalIgnoreCase);
}
