using System.Diagnostics.CodeAnalysis;

namespace Selvedge.Functions;

/// <summary>How an invocation ended: with the beginning of a response, or with a failure that says whose fault it is.</summary>
public sealed class FunctionOutcome
{
    private FunctionOutcome(FunctionResponse? response, FunctionFailure? failure)
    {
        Response = response;
        Failure = failure;
    }

    /// <summary>The response, whose body is still arriving; the caller disposes it. Present exactly if <see cref="Failure"/> is not.</summary>
    public FunctionResponse? Response { get; }

    /// <summary>Why there is no response.</summary>
    public FunctionFailure? Failure { get; }

    /// <summary>Whether there is a response.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Response is not null;

    /// <summary>An invocation that a function answered.</summary>
    public static FunctionOutcome FromResponse(FunctionResponse response) => new(response, failure: null);

    /// <summary>An invocation that nothing answered.</summary>
    public static FunctionOutcome FromFailure(FunctionFailure failure) => new(response: null, failure);

    /// <inheritdoc cref="FromFailure(FunctionFailure)"/>
    public static FunctionOutcome FromFailure(FunctionFailureReason reason, string detail) => FromFailure(new(reason, detail));
}
