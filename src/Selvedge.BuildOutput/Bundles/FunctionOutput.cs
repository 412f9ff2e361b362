using Selvedge.BuildOutput.Prerenders;

namespace Selvedge.BuildOutput.Bundles;

/// <summary>A path that a function answers.</summary>
/// <param name="OutputPath">The path, beginning with <c>/</c>: the link's own, where the function is a link.</param>
/// <param name="Bundle">What runs.</param>
/// <param name="Prerender">How its answer is kept, if it is.</param>
internal sealed record FunctionOutput(string OutputPath, BundleSource Bundle, PrerenderSource? Prerender);
