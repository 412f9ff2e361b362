using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Selvedge.Benchmarks.Hits;

/// <summary>The floor below which a hit cannot fall: Kestrel alone, set up as the server sets it up, that sends what it was told to.</summary>
internal static class BareKestrel
{
    /// <summary>Listens on a port of this machine until the process is ended.</summary>
    /// <param name="port">The port.</param>
    public static async Task RunAsync(int port)
    {
        // As the command does, before the first socket.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        options.ApplicationServices = services;
        var transport = new SocketTransportOptions { UnsafePreferInlineScheduling = true };
        using var server = new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(transport), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance
        );
        await server.StartAsync(new FixedAnswers(), CancellationToken.None);
        await new TaskCompletionSource().Task;
    }
}
