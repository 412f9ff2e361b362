using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Selvedge.Server.Configuration;
using Selvedge.Server.Turns;

namespace Selvedge.Server.Hosting;

/// <summary>Sets Kestrel up for an edge.</summary>
internal static class KestrelSetup
{
    /// <summary>Applies limits, and lets header bytes pass as they are.</summary>
    public static void Apply(KestrelServerOptions kestrel, LimitOptions limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.MaxRequestBodyBytes == 0 ? null : limits.MaxRequestBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.MaxRequestHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = Math.Max(8 * 1024, limits.MaxRequestHeaderBytes / 4);

        // HTTP/2 takes from a client what HTTP/1.1 takes, in one field if it likes. Kestrel itself ends connections that open and reset
        // streams in a flood, bounds what unread bodies of one connection hold to 1 MiB, and counts continued headers into their total.
        kestrel.Limits.Http2.MaxStreamsPerConnection = limits.MaxStreamsPerConnection;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = limits.MaxRequestHeaderBytes;

        // A connection with a parked read is never idle; without a question now and then, a peer that is gone would hold it for good.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);

        // Latin-1 maps every byte to one character and back, so whatever a client or a function sends arrives unchanged.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
    }

    /// <summary>Has each request parsed on the thread that its bytes arrive on, from where whatever may take its time must go to the pool.</summary>
    public static void HandleRequestsWhereTheyArrive(WebApplicationBuilder builder)
    {
        builder.Services.Configure<SocketTransportOptions>(static transport => transport.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(static kestrel =>
            kestrel.ConfigureEndpointDefaults(static listen =>
                listen.Use(next =>
                    connection =>
                    {
                        // Asked for each connection, because defaults apply before an address has its protocol.
                        if (listen.Protocols is HttpProtocols.Http1)
                        {
                            ConnectionTurn.Apply(connection);
                        }

                        return next(connection);
                    }
                )
            )
        );
    }
}
