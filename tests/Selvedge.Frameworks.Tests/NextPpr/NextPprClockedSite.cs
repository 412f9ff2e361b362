namespace Selvedge.Frameworks.Tests.NextPpr;

/// <summary>The app with cacheComponents, with a clock that tests move.</summary>
[CollectionDefinition]
public sealed class NextPprClockedSite : ICollectionFixture<NextPprClockedSite>, IAsyncLifetime
{
    public ClockedSite Site { get; private set; } = null!;

    internal GatedOrigin Gates { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gates = await GatedOrigin.StartAsync();
        Site = await ClockedSite.StartAsync("next16-ppr");
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Gates.DisposeAsync();
    }
}
