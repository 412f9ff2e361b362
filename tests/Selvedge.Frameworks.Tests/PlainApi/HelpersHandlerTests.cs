namespace Selvedge.Frameworks.Tests.PlainApi;

/// <summary><c>api/helpers.js</c>: <c>(req, res)</c> with the platform's helpers.</summary>
[Collection<PlainApiSite>]
public sealed class HelpersHandlerTests(PlainApiSite site) : HandlerContract(site, "/helpers", "helpers");
