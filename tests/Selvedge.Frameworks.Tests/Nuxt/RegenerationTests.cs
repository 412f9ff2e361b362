namespace Selvedge.Frameworks.Tests.Nuxt;

/// <summary>Pages with an <c>isr</c> rule.</summary>
[Collection<NuxtClockedSite>]
public sealed class RegenerationTests(NuxtClockedSite site) : IsrContract(site, "/isr/", query: "");
