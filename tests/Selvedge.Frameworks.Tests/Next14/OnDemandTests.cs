namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>Next.js 14 keeps its data by a protocol of its own, and asks for pages by https.</summary>
[Collection<Next14Site>]
public sealed class OnDemandTests(Next14Site site)
    : OnDemandContract(site.Client, site.App, legacy: "/p/isr", legacyApi: "/api/p/revalidate");
