namespace Selvedge.Frameworks.Tests.PlainApi;

/// <summary><c>api/web.js</c>: an export for each method.</summary>
[Collection<PlainApiSite>]
public sealed class WebHandlerTests(PlainApiSite site) : HandlerContract(site, "/web", "web");
