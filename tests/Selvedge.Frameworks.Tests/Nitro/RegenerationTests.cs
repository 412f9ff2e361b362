namespace Selvedge.Frameworks.Tests.Nitro;

/// <summary>Paths with an <c>isr</c> rule.</summary>
[Collection<NitroClockedSite>]
public sealed class RegenerationTests(NitroClockedSite site) : IsrContract(site, "/isr/", query: "");
