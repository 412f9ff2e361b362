namespace Selvedge.Server.Errors;

/// <summary>Why an origin gave no answer; nothing has been sent to the client yet.</summary>
/// <param name="Status">The status to answer with.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
internal sealed record OriginFailure(int Status, string Code);
