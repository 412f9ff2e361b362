using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
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
    public static async Task RunAsync(int port)
    {
        CompleteSocketsInline();
        using var server = Create(port);
        await server.StartAsync(new FixedAnswers(asCache: true), CancellationToken.None);
        await new TaskCompletionSource().Task;
    }

    /// <summary>As the command does. Must come before the first socket.</summary>
    public static void CompleteSocketsInline() =>
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

    /// <summary>Makes a server for a port of this machine; 0 lets the system choose one.</summary>
    public static KestrelServer Create(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        options.ApplicationServices = new ServiceCollection().AddLogging().BuildServiceProvider();
        var transport = new SocketTransportOptions { UnsafePreferInlineScheduling = true };
        return new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(transport), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance
        );
    }

    /// <summary>Where a server listens, once started.</summary>
    public static string AddressOf(KestrelServer server) => server.Features.Get<IServerAddressesFeature>()!.Addresses.Single();
}
