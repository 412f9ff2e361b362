namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>How the regeneration of a page of the pages router ends.</summary>
[Collection<Next14ClockedSite>]
public sealed class PagesRegenerationTests(Next14ClockedSite site) : NextIsrContract(site, "/p/told/", "custom:404<");
