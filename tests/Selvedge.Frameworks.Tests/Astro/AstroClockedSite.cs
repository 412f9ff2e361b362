namespace Selvedge.Frameworks.Tests.Astro;

/// <summary>The app, under a clock that its tests move.</summary>
[CollectionDefinition]
public sealed class AstroClockedSite() : ClockedFixture("astro"), ICollectionFixture<AstroClockedSite>;
