namespace Selvedge.Functions;

/// <summary>Why a function gave no response.</summary>
/// <param name="Reason">The kind of failure, which decides what the client is told.</param>
/// <param name="Detail">For the log, never for the client: it may hold the function's error with its stack.</param>
public sealed record FunctionFailure(FunctionFailureReason Reason, string Detail)
{
    /// <summary>What reading the request's body threw, if that is why: whoever made the body knows what its exceptions mean.</summary>
    public Exception? BodyError { get; init; }
}
