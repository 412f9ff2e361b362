namespace Selvedge.Functions;

/// <summary>One request, as the function shall see it.</summary>
public sealed class FunctionRequest
{
    /// <summary>The method, in the client's spelling.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query as the function shall see them, not decoded: <c>/path?query</c>.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// The header fields in order, a repeated one as several entries; each character stands for one byte (ISO 8859-1). Hop-by-hop
    /// fields are dropped (RFC 9110 section 7.6.1), and so is what could not be sent safely. The function sees
    /// <c>x-forwarded-host</c>, if there is one, as its <c>host</c>.
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body, read once and not disposed; <see langword="null"/> if the request has none.</summary>
    public Stream? Body { get; init; }

    /// <summary>The body's length in bytes, if it is known beforehand.</summary>
    public long? ContentLength { get; init; }

    /// <summary>
    /// Takes status and header fields of interim responses, such as 103 Early Hints, as they arrive; it must not wait.
    /// <see langword="null"/> drops them.
    /// </summary>
    public Action<int, IReadOnlyList<KeyValuePair<string, string>>>? Interim { get; init; }

    /// <summary>
    /// Whether a response may be handed over in the thread that it arrives in, which the function's other responses and other connections
    /// wait for: whoever sets it does nothing afterwards that takes time. A failure is always handed over in the thread pool.
    /// </summary>
    public bool ResumesWhereItArrives { get; init; }

    /// <summary>Names the request in logs; the function sees it as <c>x-vercel-id</c>.</summary>
    public required string RequestId { get; init; }
}
