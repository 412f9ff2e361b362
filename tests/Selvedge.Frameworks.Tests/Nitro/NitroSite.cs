namespace Selvedge.Frameworks.Tests.Nitro;

/// <summary>The Nitro server.</summary>
[CollectionDefinition]
public sealed class NitroSite() : FrameworkSite("nitro"), ICollectionFixture<NitroSite>;
