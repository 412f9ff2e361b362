namespace Selvedge.Frameworks.Tests.Hono;

/// <summary>The same app as an edge function.</summary>
[Collection<HonoSite>]
public sealed class EdgeHandlerTests(HonoSite site) : HandlerContract(site, "/edge", "hono");
