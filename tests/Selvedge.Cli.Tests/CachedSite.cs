using Microsoft.AspNetCore.Http;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>A server, with its admin listener and without streams, of a site whose every answer is cached, for all tests of a class.</summary>
public sealed class CachedSite : IAsyncLifetime
{
    private readonly TempDirectory _output = new();
    private FakeOrigin _origin = null!;
    private SelvedgeProcess _process = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _origin = await FakeOrigin.StartAsync(
            (_, http) =>
            {
                http.Response.Headers.CacheControl = "max-age=600";
                http.Response.Headers["vercel-cache-tag"] = "blog";
                return http.Response.WriteAsync("a");
            }
        );
        var dest = $"{_origin.BaseAddress.ToString().TrimEnd('/')}/$1";
        _output.Write("config.json", $$"""{"version":3,"routes":[{"src":"^/(.*)$","dest":"{{dest}}"}]}""");
        _process = await SelvedgeProcess.StartAsync(
            _output.Path,
            environment: new Dictionary<string, string>(StreamServer.AdminEnvironment, StringComparer.Ordinal)
            {
                ["SELVEDGE_STREAMS__ENABLED"] = "false",
            }
        );
        _client = PlainHttp.CreateClient(_process.BaseAddress);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        await _origin.DisposeAsync();
        _output.Dispose();
    }

    /// <summary>Asks for something, and says what the cache made of it.</summary>
    internal async Task<string?> VerdictAsync(string target) => (await _client.AnswerAsync(target))["x-vercel-cache"];

    /// <summary>Runs a command that uses the admin listener; SITE in its arguments becomes the site's address.</summary>
    internal async Task<CommandResult> AdminAsync(params string[] arguments)
    {
        var site = _process.BaseAddress.ToString().TrimEnd('/');
        var admin = await _process.AdminAddressAsync();
        return await CommandProcess.RunAsync([
            .. arguments.Select(argument => argument.Replace("SITE", site, StringComparison.Ordinal)),
            "--admin-url",
            admin.ToString(),
        ]);
    }
}
