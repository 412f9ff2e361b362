namespace Selvedge.BuildOutput.Configuration;

/// <summary>An entry of <c>overrides</c>.</summary>
/// <param name="File">The file under <c>static</c>.</param>
/// <param name="Path">The path it moves to, without leading slash; <see langword="null"/> if it stays.</param>
/// <param name="ContentType">Its media type; <see langword="null"/> if its extension tells.</param>
internal sealed record OverrideConfig(string File, string? Path, string? ContentType);
