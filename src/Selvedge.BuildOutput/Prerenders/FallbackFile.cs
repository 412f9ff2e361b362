namespace Selvedge.BuildOutput.Prerenders;

/// <summary>A fallback that has been found and not yet read.</summary>
/// <param name="RealPath">The file.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record FallbackFile(string RealPath, string ContentType);
