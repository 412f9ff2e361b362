namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>How the regeneration of a page of the app router ends.</summary>
[Collection<Next14ClockedSite>]
public sealed class AppRegenerationTests(Next14ClockedSite site) : NextIsrContract(site, "/told/", "custom:404");
