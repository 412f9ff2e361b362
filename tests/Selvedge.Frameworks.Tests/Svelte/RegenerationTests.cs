namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>Pages with an <c>isr</c> configuration.</summary>
[Collection<SvelteClockedSite>]
public sealed class RegenerationTests(SvelteClockedSite site) : IsrContract(site, "/isr/");
