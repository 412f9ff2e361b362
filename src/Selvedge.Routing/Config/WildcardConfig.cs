namespace Selvedge.Routing.Config;

/// <summary>An entry of <c>wildcard</c>: what <c>$wildcard</c> stands for on one host.</summary>
/// <param name="Domain">The host, compared without regard to case.</param>
/// <param name="Value">The text, such as <c>/fr</c>.</param>
public sealed record WildcardConfig(string Domain, string Value);
