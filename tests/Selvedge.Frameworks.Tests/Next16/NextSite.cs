using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Selvedge.Frameworks.Tests.Next16;
using Selvedge.Testing;

[assembly: AssemblyFixture(typeof(NextSite))]

namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>The Next.js 16 app, built once and served once by the real command, with the origin that its rewrites lead to.</summary>
/// <remarks>
/// With <c>TEST_TARGET_NEXT16=http://127.0.0.1:3000</c> the tests drive another server of the same app, such as
/// <c>next start</c>: the way to find out what an expectation ought to be.
/// </remarks>
public sealed partial class NextSite : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private SelvedgeProcess? _selvedge;

    public Uri BaseAddress { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The directory that was built.</summary>
    public string App { get; private set; } = null!;

    /// <summary>Answers the external rewrites with what it was asked, as JSON, and holds the gates.</summary>
    internal FakeOrigin Origin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await FrameworkApp.BuildAsync("next16");
        Origin = await FakeOrigin.StartAsync(AnswerAsync, await ExternalOriginPortAsync());
        if (Environment.GetEnvironmentVariable("TEST_TARGET_NEXT16") is { Length: > 0 } target)
            BaseAddress = new Uri(target);
        else
            BaseAddress = (_selvedge = await SelvedgeProcess.StartAsync(App)).BaseAddress;
        Client = PlainHttp.CreateClient(BaseAddress);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_selvedge is not null)
            await _selvedge.DisposeAsync();
        if (Origin is not null)
            await Origin.DisposeAsync();
    }

    public Task<HttpAnswer> GetAsync(string target, params IEnumerable<(string Name, string Value)> headers) =>
        Client.AnswerAsync(target, headers);

    /// <summary>Makes a URL that answers only once its gate is open, for handlers that wait on one.</summary>
    /// <returns>The gate, and its URL, escaped for use in a query.</returns>
    internal (Gate Gate, string Until) NewGate()
    {
        var name = Guid.NewGuid().ToString("N");
        var gate = _gates[name] = new Gate();
        return (gate, Uri.EscapeDataString(new Uri(Origin.BaseAddress, $"/gates/{name}").AbsoluteUri));
    }

    /// <summary>The port that the build wrote into the destinations of the external rewrites.</summary>
    private async Task<int> ExternalOriginPortAsync()
    {
        var config = await File.ReadAllTextAsync(Path.Combine(App, ".vercel", "output", "config.json"));
        return int.Parse(ExternalOriginPort().Match(config).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)/proxied/")]
    private static partial Regex ExternalOriginPort();

    private async Task AnswerAsync(RecordedRequest request, HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/gates/", StringComparison.Ordinal))
        {
            await _gates[path["/gates/".Length..]].PassAsync(context.RequestAborted);
            await context.Response.WriteAsync("released");
            return;
        }

        context.Response.StatusCode = path.EndsWith("/teapot", StringComparison.Ordinal) ? 418 : 200;
        context.Response.Headers.Append("set-cookie", "one=1; Path=/");
        context.Response.Headers.Append("set-cookie", "two=2; Path=/");
        context.Response.Headers["x-origin"] = "fake";
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, request, cancellationToken: context.RequestAborted);
    }
}
