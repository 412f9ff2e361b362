namespace Selvedge.Frameworks.Tests.PlainApi;

/// <summary><c>api/edge.js</c>: a function of the edge runtime.</summary>
[Collection<PlainApiSite>]
public sealed class EdgeHandlerTests(PlainApiSite site) : HandlerContract(site, "/edge", "edge");
