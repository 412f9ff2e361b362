namespace Selvedge.Functions.Wire;

/// <summary>How the end of a response's body is known (RFC 9112 section 6.3).</summary>
internal enum BodyFraming
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>By <c>Content-Length</c>.</summary>
    Length,

    /// <summary>By the last chunk.</summary>
    Chunked,

    /// <summary>By the end of the connection, which cannot be told from a body that breaks off.</summary>
    Close,
}
