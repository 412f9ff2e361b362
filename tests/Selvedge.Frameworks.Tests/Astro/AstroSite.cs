namespace Selvedge.Frameworks.Tests.Astro;

/// <summary>The Astro app.</summary>
[CollectionDefinition]
public sealed class AstroSite() : FrameworkSite("astro"), ICollectionFixture<AstroSite>;
