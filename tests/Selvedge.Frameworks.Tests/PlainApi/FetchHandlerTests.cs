namespace Selvedge.Frameworks.Tests.PlainApi;

/// <summary><c>api/fetch.js</c>: a default export with <c>fetch</c>.</summary>
[Collection<PlainApiSite>]
public sealed class FetchHandlerTests(PlainApiSite site) : HandlerContract(site, "/fetch", "fetch");
