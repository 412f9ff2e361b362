namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>The app, under a clock that its tests move.</summary>
[CollectionDefinition]
public sealed class Next14ClockedSite() : ClockedFixture("next14"), ICollectionFixture<Next14ClockedSite>;
