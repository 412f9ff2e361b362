namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>How the regeneration of a page of the app router ends.</summary>
[Collection<Next16ClockedSite>]
public sealed class AppRegenerationTests(Next16ClockedSite site) : NextIsrContract(site, "/told/", "custom:not-found");
