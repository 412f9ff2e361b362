namespace Selvedge.BuildOutput;

/// <summary>The framework that made an output.</summary>
/// <param name="Slug">Its short name, <c>nextjs</c>; <see langword="null"/> if only a version is given.</param>
/// <param name="Version">Its version as written.</param>
public sealed record FrameworkInfo(string? Slug, string? Version);
