namespace Selvedge.Frameworks.Tests.Nuxt;

/// <summary>The Nuxt app.</summary>
[CollectionDefinition]
public sealed class NuxtSite() : FrameworkSite("nuxt"), ICollectionFixture<NuxtSite>;
