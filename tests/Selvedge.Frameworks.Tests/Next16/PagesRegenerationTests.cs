namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>How the regeneration of a page of the pages router ends.</summary>
[Collection<Next16ClockedSite>]
public sealed class PagesRegenerationTests(Next16ClockedSite site)
    : NextIsrContract(site, "/legacy/told/", "This page could not be found");
