using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16.Prerender;

/// <summary>The Next.js 16 app with a clock that tests move; they take turns, for a moved clock concerns all pages.</summary>
[CollectionDefinition]
public sealed class Next16ClockedSite : ICollectionFixture<Next16ClockedSite>, IAsyncLifetime
{
    public ClockedSite Site { get; private set; } = null!;

    internal ToldOrigin Told { get; private set; } = null!;

    public string Token { get; private set; } = "";

    public string BuildId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Told = await ToldOrigin.StartAsync();
        Site = await ClockedSite.StartAsync("next16");
        Token = Site.TokenOf("isr");
        BuildId = (await File.ReadAllTextAsync(Path.Combine(Site.App, ".next", "BUILD_ID"))).Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Told.DisposeAsync();
    }

    public Task<HttpAnswer> GetAsync(string target, params IEnumerable<(string Name, string Value)> headers) =>
        Site.GetAsync(target, headers);

    /// <summary>Lets what a page was rendered with become out of date.</summary>
    public async Task LetExpireAsync()
    {
        // What is under way is not to be hit by its own time limits.
        await Site.QuietAsync();
        Site.Clock.Advance(TimeSpan.FromSeconds(61));
    }
}
