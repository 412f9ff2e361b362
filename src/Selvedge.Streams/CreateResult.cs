namespace Selvedge.Streams;

/// <summary>The answer to <see cref="CreateStream"/>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Stream">The stream of that name, when there is one.</param>
public readonly record struct CreateResult(CreateOutcome Outcome, StreamInfo? Stream);
