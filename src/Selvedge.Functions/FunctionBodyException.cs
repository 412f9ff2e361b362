namespace Selvedge.Functions;

/// <summary>
/// A response body that broke off after the response had begun. The status has been sent by then, so all a server can do is to
/// abort its own connection, which tells the client that the response is incomplete (RFC 9112 section 8).
/// </summary>
public sealed class FunctionBodyException : IOException
{
    /// <summary>Makes one.</summary>
    public FunctionBodyException(FunctionFailureReason reason, string message, Exception? innerException)
        : base(message, innerException)
    {
        Reason = reason;
    }

    /// <summary>Why the body broke off.</summary>
    public FunctionFailureReason Reason { get; }
}
