namespace Selvedge.BuildOutput.Prerenders;

/// <summary>A prerender's configuration that has been read, its fallback not yet.</summary>
/// <param name="File">The configuration's name in faults: its path in the output.</param>
/// <param name="RealPath">The configuration.</param>
/// <param name="Config">What it says, without the fallback.</param>
/// <param name="Fallback">The fallback, if it has one.</param>
internal sealed record PrerenderSource(string File, string RealPath, PrerenderConfig Config, FallbackFile? Fallback);
