namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>Pages of the app router with <c>revalidate</c>.</summary>
[Collection<Next14ClockedSite>]
public sealed class RegenerationTests(Next14ClockedSite site) : IsrContract(site, "/isr/");
