namespace Selvedge.Frameworks.Tests.Astro;

/// <summary>Pages that the <c>isr</c> configuration does not exclude.</summary>
[Collection<AstroClockedSite>]
public sealed class RegenerationTests(AstroClockedSite site) : IsrContract(site, "/kept/");
