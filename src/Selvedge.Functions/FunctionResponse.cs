namespace Selvedge.Functions;

/// <summary>The beginning of a function's response, and the stream of its body.</summary>
public sealed class FunctionResponse : IAsyncDisposable
{
    /// <summary>The status code, 200 to 599.</summary>
    public required int Status { get; init; }

    /// <summary>
    /// The header fields in order, a repeated one such as <c>set-cookie</c> as several entries; each character stands for one byte
    /// (ISO 8859-1). Hop-by-hop fields are removed (RFC 9110 section 7.6.1).
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>
    /// The body. A read returns what has arrived and never waits for more than one byte, so a caller who flushes after each read
    /// streams. It throws <see cref="FunctionBodyException"/> if the function stops before the end.
    /// </summary>
    public required Stream Body { get; init; }

    /// <summary>
    /// Whether the function returned nothing at all, which only a default export under <see cref="FunctionSpec.UseWebApi"/> may do;
    /// middleware means "continue" by it. The status is 200 then, and the body is empty.
    /// </summary>
    public bool IsEmpty { get; init; }

    /// <summary>Ends the invocation. If the body has not been read to its end, the function sees its client go away.</summary>
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
