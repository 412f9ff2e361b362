using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>An app of <c>tests/Frameworks</c>, built once and served once by the real command.</summary>
/// <remarks>
/// With <c>TEST_TARGET_SVELTE=http://127.0.0.1:3000</c> the tests of that app drive another server of it, such as
/// <c>vite preview</c>: the way to find out what an expectation ought to be.
/// </remarks>
/// <param name="name">The app's directory.</param>
/// <param name="settings">Settings of the server, as variables of its environment.</param>
public abstract class FrameworkSite(string name, IReadOnlyDictionary<string, string>? settings = null) : IAsyncLifetime
{
    private SelvedgeProcess? _selvedge;

    public Uri BaseAddress { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The directory that was built.</summary>
    public string App { get; private set; } = null!;

    /// <summary>Makes the URLs on which the app's handlers wait.</summary>
    internal GatedOrigin Gates { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await FrameworkApp.BuildAsync(name);
        Gates = await GatedOrigin.StartAsync();
        if (Environment.GetEnvironmentVariable(TargetVariable) is { Length: > 0 } target)
            BaseAddress = new Uri(target);
        else
            BaseAddress = (_selvedge = await SelvedgeProcess.StartAsync(App, environment: settings)).BaseAddress;
        Client = PlainHttp.CreateClient(BaseAddress);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client?.Dispose();
        if (_selvedge is not null)
            await _selvedge.DisposeAsync();
        if (Gates is not null)
            await Gates.DisposeAsync();
    }

    public Task<HttpAnswer> GetAsync(string target, params IEnumerable<(string Name, string Value)> headers) =>
        Client.AnswerAsync(target, headers);

    /// <summary>Posts from a page of the site itself, which is what frameworks ask of a form.</summary>
    public Task<HttpAnswer> PostAsync(string target, HttpContent body, params IEnumerable<(string Name, string Value)> headers) =>
        Client.AnswerAsync(
            HttpMethod.Post,
            target,
            body,
            [("origin", BaseAddress.GetLeftPart(UriPartial.Authority)), .. headers]
        );

    private string TargetVariable => $"TEST_TARGET_{name.Replace('-', '_').ToUpperInvariant()}";
}
