namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>The route handlers of the app router.</summary>
[Collection<Next14Site>]
public sealed class RouteHandlerTests(Next14Site site) : HandlerContract(site, "/api", "next14");
