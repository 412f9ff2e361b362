namespace Selvedge.Frameworks.Tests.Kept;

/// <summary>SvelteKit's <c>isr</c>.</summary>
public sealed class SvelteKeptPageTests() : KeptPageTests("svelte", "/isr/");
