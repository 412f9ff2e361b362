namespace Selvedge.Frameworks.Tests.Nuxt;

/// <summary>The app, under a clock that its tests move.</summary>
[CollectionDefinition]
public sealed class NuxtClockedSite() : ClockedFixture("nuxt"), ICollectionFixture<NuxtClockedSite>;
