namespace Selvedge.Frameworks.Tests.Nitro;

/// <summary>The app, under a clock that its tests move.</summary>
[CollectionDefinition]
public sealed class NitroClockedSite() : ClockedFixture("nitro"), ICollectionFixture<NitroClockedSite>;
