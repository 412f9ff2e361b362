namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>Pages of the app router with <c>revalidate</c>.</summary>
[Collection<Next16ClockedSite>]
public sealed class RegenerationTests(Next16ClockedSite site) : IsrContract(site, "/isr/");
