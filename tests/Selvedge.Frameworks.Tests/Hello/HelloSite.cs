using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Hello;

/// <summary>The sample, served by the real command.</summary>
public sealed class HelloSite : IAsyncLifetime
{
    private SelvedgeProcess? _selvedge;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _selvedge = await SelvedgeProcess.StartAsync(Repository.Path("samples", "hello"));
        Client = PlainHttp.CreateClient(_selvedge.BaseAddress);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_selvedge is not null)
            await _selvedge.DisposeAsync();
    }
}
