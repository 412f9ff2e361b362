using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Configuration;
using Selvedge.Server.Errors;
using Selvedge.Server.Hosting;
using Selvedge.Server.Proxy;

namespace Selvedge.Server.Loopback;

/// <summary>
/// Listens, on a Unix socket in a directory of this user alone, for what the site's functions ask of their own site.
/// </summary>
/// <remarks>
/// A request from there is answered as one from outside is, by the same routes and the same cache. What differs: its scheme is what the
/// function wrote and not what the connection is, and the headers by which a framework's middleware speaks to its pages pass.
/// <para>
/// It listens longer than the server does: work that functions finish after their answers (<c>waitUntil</c>) may need the site as well.
/// </para>
/// </remarks>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RequestDelegate _site;
    private readonly LoopGuard _loopGuard;
    private readonly RequestIds _requestIds;
    private readonly ILogger<LoopbackListener> _logger;

    /// <summary>Puts it together; it does not listen yet.</summary>
    /// <param name="socketPath">Where. The directory exists, and nobody else may enter it.</param>
    /// <param name="limits">What one request may cost, as for everybody.</param>
    /// <param name="services">The server's own.</param>
    /// <param name="site">Answers a request.</param>
    public LoopbackListener(string socketPath, LimitOptions limits, IServiceProvider services, RequestDelegate site)
    {
        _site = site;
        _loopGuard = services.GetRequiredService<LoopGuard>();
        _requestIds = services.GetRequiredService<RequestIds>();
        _logger = services.GetRequiredService<ILogger<LoopbackListener>>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                KestrelSetup.Apply(kestrel, limits);
                // Targets are absolute, and then the host is theirs.
                kestrel.AllowHostHeaderOverride = true;
                kestrel.ListenUnixSocket(socketPath);
            });
        builder.Services.AddSingleton(services.GetRequiredService<ILoggerFactory>());
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Starts listening.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    /// <summary>Stops listening; requests under way finish.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <summary>Ends whatever still runs.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        var passes = headers["cdn-loop"];
        if (_loopGuard.IsLooping(passes))
        {
            var requestId = _requestIds.Next();
            Log.Looping(_logger, http.Request.Method, http.Request.Path.Value ?? "/", requestId);
            AnswerHeaders.Identify(http.Response, requestId);
            return ErrorPage.WriteAsync(http, StatusCodes.Status508LoopDetected, ErrorCodes.InfiniteLoop, requestId);
        }

        headers["cdn-loop"] = _loopGuard.Extend(passes);
        LoopbackCall.Apply(http);
        return _site(http);
    }
}
