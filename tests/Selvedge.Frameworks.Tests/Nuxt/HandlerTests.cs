namespace Selvedge.Frameworks.Tests.Nuxt;

/// <summary>The files of <c>server/api</c>.</summary>
[Collection<NuxtSite>]
public sealed class HandlerTests(NuxtSite site) : HandlerContract(site, "/api", "nuxt");
