namespace Selvedge.BuildOutput;

/// <summary>The call that completes a partial prerender: its answer follows the shell.</summary>
/// <param name="OutputPath">The output to call, beginning with <c>/</c>.</param>
/// <param name="Headers">Request headers to call it with, such as <c>next-resume: 1</c>.</param>
public sealed record PrerenderChain(string OutputPath, IReadOnlyList<KeyValuePair<string, string>> Headers);
