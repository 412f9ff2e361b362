using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Selvedge.Server.Tests.Serving;

/// <summary>An origin that repeats every WebSocket message it gets.</summary>
internal sealed class WebSocketEcho : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebSocketEcho(WebApplication app) => _app = app;

    public Uri BaseAddress => new(_app.Urls.Single());

    public static async Task<WebSocketEcho> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            while (
                await socket.ReceiveAsync(buffer, http.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message
            )
            {
                await socket.SendAsync(
                    buffer.AsMemory(0, message.Count),
                    message.MessageType,
                    message.EndOfMessage,
                    http.RequestAborted
                );
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, http.RequestAborted);
        });
        await app.StartAsync();
        return new WebSocketEcho(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
