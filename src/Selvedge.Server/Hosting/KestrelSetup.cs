using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Selvedge.Server.Configuration;

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

        // Latin-1 maps every byte to one character and back, so whatever a client or a function sends arrives unchanged.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
    }
}
