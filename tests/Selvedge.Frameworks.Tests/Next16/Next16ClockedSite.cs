namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>The app, under a clock that its tests move.</summary>
[CollectionDefinition]
public sealed class Next16ClockedSite() : ClockedSite("next16"), ICollectionFixture<Next16ClockedSite>;
