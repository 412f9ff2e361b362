using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Selvedge.Caching.Data;

namespace Selvedge.Server.Data;

/// <summary>Listens for functions, on a Unix socket that lies beside theirs in a directory of this user alone.</summary>
/// <remarks>
/// It listens until the server is disposed and not only until it stops: functions that are drained still store what they made.
/// </remarks>
internal sealed class DataListener : IHostedService, IAsyncDisposable
{
    /// <summary>Room for the tags of a path and of what it is made of.</summary>
    private const int MaxHeaderBytes = 1024 * 1024;

    private readonly WebApplication _app;
    private readonly string _socket;

    /// <summary>Puts it together; nothing listens yet.</summary>
    /// <param name="socket">Where to listen.</param>
    /// <param name="endpoint">Answers.</param>
    /// <param name="loggers">Where log events go.</param>
    public DataListener(string socket, DataEndpoint endpoint, ILoggerFactory loggers)
    {
        _socket = socket;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.RequestHeaderEncodingSelector = _ => Encoding.UTF8;
                kestrel.Limits.MaxRequestBodySize = DataLimits.MaxValueBytes;
                kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
                kestrel.Limits.MaxRequestLineSize = MaxHeaderBytes;
                kestrel.Limits.MaxRequestBufferSize = MaxHeaderBytes;
                // A connection that is closed just as a function sends on it costs a request.
                kestrel.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
                kestrel.ListenUnixSocket(socket);
            });
        builder.Services.AddSingleton(loggers);
        _app = builder.Build();
        _app.Run(endpoint.InvokeAsync);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        if (File.Exists(_socket))
        {
            File.Delete(_socket);
        }
    }
}
