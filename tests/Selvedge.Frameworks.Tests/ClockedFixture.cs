using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>An app under a clock that its tests move, as a fixture of a collection: its tests take turns, for the clock is everybody's.</summary>
/// <param name="name">The app's directory.</param>
public abstract class ClockedFixture(string name) : IAsyncLifetime
{
    private ClockedSite _site = null!;

    public ManualClock Clock => _site.Clock;

    public async ValueTask InitializeAsync() => _site = await ClockedSite.StartAsync(name);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _site.DisposeAsync();
    }

    public Task<HttpAnswer> GetAsync(string target, params IEnumerable<(string Name, string Value)> headers) =>
        _site.GetAsync(target, headers);

    /// <summary>Completes when nothing is being rendered any more.</summary>
    public Task QuietAsync() => _site.QuietAsync();

    /// <summary>The token that proves a revalidation, as the build wrote it.</summary>
    public string TokenOf(string output) => _site.TokenOf(output);
}
