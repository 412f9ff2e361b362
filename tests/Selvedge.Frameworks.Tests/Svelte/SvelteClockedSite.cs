namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>The app, under a clock that its tests move.</summary>
[CollectionDefinition]
public sealed class SvelteClockedSite() : ClockedFixture("svelte"), ICollectionFixture<SvelteClockedSite>;
