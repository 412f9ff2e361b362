namespace Selvedge.Caching.Origins;

/// <summary>Why an origin gave no answer, as the client is to be told.</summary>
/// <param name="Status">The status for the client.</param>
/// <param name="Code">The platform's code for it.</param>
public sealed record FetchFailure(int Status, string Code);
