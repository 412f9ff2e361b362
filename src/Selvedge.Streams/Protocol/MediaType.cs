namespace Selvedge.Streams.Protocol;

/// <summary>What a stream's content type means to the protocol. Parameters and case do not matter (RFC 9110 section 8.3.1).</summary>
public static class MediaType
{
    /// <summary>The type of a stream that was created without one.</summary>
    public const string Default = "application/octet-stream";

    /// <summary>The longest content type accepted, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>True when the stream holds JSON messages, which are flattened on append and read back as one array.</summary>
    public static bool IsJson(string contentType) =>
        Essence(contentType).Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the bytes can stand in a <c>text/event-stream</c> as they are; others are sent as base64.</summary>
    public static bool IsText(string contentType) =>
        Essence(contentType).StartsWith("text/", StringComparison.OrdinalIgnoreCase) || IsJson(contentType);

    /// <summary>True when both name the same type.</summary>
    public static bool Same(string left, string right) =>
        Essence(left).Equals(Essence(right), StringComparison.OrdinalIgnoreCase);

    /// <summary>True for <c>type/subtype</c> with optional parameters and nothing that could break a header.</summary>
    public static bool IsValid(string contentType)
    {
        if (contentType.Length > MaxLength || contentType.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return false;
        var essence = Essence(contentType);
        var slash = essence.IndexOf('/');
        return slash > 0 && slash < essence.Length - 1 && !essence.ContainsAny(' ', ',');
    }

    private static ReadOnlySpan<char> Essence(string contentType)
    {
        var text = contentType.AsSpan();
        var semicolon = text.IndexOf(';');
        return (semicolon < 0 ? text : text[..semicolon]).Trim();
    }
}
