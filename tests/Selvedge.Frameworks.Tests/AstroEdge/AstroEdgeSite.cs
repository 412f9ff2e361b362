namespace Selvedge.Frameworks.Tests.AstroEdge;

/// <summary>The Astro app whose middleware runs at the edge, under a name that no DNS knows.</summary>
[CollectionDefinition]
public sealed class AstroEdgeSite()
    : FrameworkSite(
        "astro-edge",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["SELVEDGE_HOSTS__0"] = "shop.invalid" }
    ),
        ICollectionFixture<AstroEdgeSite>;
