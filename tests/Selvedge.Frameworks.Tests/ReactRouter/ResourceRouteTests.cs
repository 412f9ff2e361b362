namespace Selvedge.Frameworks.Tests.ReactRouter;

/// <summary>Routes without a component, which answer as they like.</summary>
[Collection<ReactRouterSite>]
public sealed class ResourceRouteTests(ReactRouterSite site) : HandlerContract(site, "/api", "react-router");
