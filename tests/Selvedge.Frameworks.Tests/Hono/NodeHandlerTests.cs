namespace Selvedge.Frameworks.Tests.Hono;

/// <summary>The app as the framework's preset builds it: one function on Node for every path.</summary>
[Collection<HonoSite>]
public sealed class NodeHandlerTests(HonoSite site) : HandlerContract(site, "/node", "hono");
