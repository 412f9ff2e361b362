namespace Selvedge.Frameworks.Tests.PlainApi;

/// <summary><c>api/server.js</c>: a program that listens.</summary>
[Collection<PlainApiSite>]
public sealed class ServerHandlerTests(PlainApiSite site) : HandlerContract(site, "/server", "server");
