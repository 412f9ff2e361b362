namespace Selvedge.Caching.Policy;

/// <summary>What may be done with a stored response that matches a request (RFC 9111 section 4).</summary>
public enum Reuse
{
    /// <summary>The origin must be asked first.</summary>
    Validate,

    /// <summary>It answers as it is.</summary>
    Fresh,

    /// <summary>It answers although its lifetime is over, because the client asked for that.</summary>
    StaleAllowed,

    /// <summary>It answers, and one request asks the origin meanwhile.</summary>
    StaleWhileRevalidate,
}
