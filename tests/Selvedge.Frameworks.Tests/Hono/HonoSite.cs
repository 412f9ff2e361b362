namespace Selvedge.Frameworks.Tests.Hono;

/// <summary>The Hono app.</summary>
[CollectionDefinition]
public sealed class HonoSite() : FrameworkSite("hono"), ICollectionFixture<HonoSite>;
