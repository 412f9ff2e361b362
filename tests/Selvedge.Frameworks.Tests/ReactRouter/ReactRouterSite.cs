namespace Selvedge.Frameworks.Tests.ReactRouter;

/// <summary>The React Router app.</summary>
[CollectionDefinition]
public sealed class ReactRouterSite() : FrameworkSite("react-router"), ICollectionFixture<ReactRouterSite>;
