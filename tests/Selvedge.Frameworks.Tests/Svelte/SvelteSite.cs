namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>The SvelteKit app.</summary>
[CollectionDefinition]
public sealed class SvelteSite() : FrameworkSite("svelte"), ICollectionFixture<SvelteSite>;
