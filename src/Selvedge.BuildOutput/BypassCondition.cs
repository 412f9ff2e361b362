namespace Selvedge.BuildOutput;

/// <summary>One entry of <c>experimentalBypassFor</c>.</summary>
/// <param name="Type">Where to look: <c>header</c>, <c>cookie</c>, <c>query</c> or <c>host</c>.</param>
/// <param name="Key">The name to look for; <see langword="null"/> for <c>host</c>.</param>
/// <param name="Value">A regular expression that the whole value must match; <see langword="null"/> if presence is enough.</param>
public sealed record BypassCondition(string Type, string? Key, string? Value);
