namespace Selvedge.Frameworks.Tests.NextPpr;

/// <summary>The Next.js 16 app whose pages are shells with holes, and whose functions say <c>use cache</c>.</summary>
[CollectionDefinition]
public sealed class NextPprSite() : FrameworkSite("next16-ppr"), ICollectionFixture<NextPprSite>;
