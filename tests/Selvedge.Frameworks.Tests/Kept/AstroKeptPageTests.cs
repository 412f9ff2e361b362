namespace Selvedge.Frameworks.Tests.Kept;

/// <summary>Astro's <c>isr</c>: kept until the next deployment, or for as long as its configuration says.</summary>
public sealed class AstroKeptPageTests() : KeptPageTests("astro", "/kept/");
