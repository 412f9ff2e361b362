using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Headers that several answers share.</summary>
internal static class StreamAnswer
{
    private const int SharedSeconds = 60;

    /// <summary>Where the stream goes on, and that it does not.</summary>
    public static void SetPosition(HttpResponse response, long next, bool closed)
    {
        response.Headers[StreamHeaders.NextOffset] = StreamOffset.Format(next);
        if (closed)
            response.Headers[StreamHeaders.Closed] = "true";
    }

    /// <summary>The lifetime a stream was made with.</summary>
    public static void SetLifetime(HttpResponse response, Lifetime lifetime)
    {
        if (lifetime.TtlSeconds is { } ttl)
            response.Headers[StreamHeaders.Ttl] = ttl.ToString(CultureInfo.InvariantCulture);
        if (lifetime.ExpiresAt is { } end)
            response.Headers[StreamHeaders.ExpiresAt] = Lifetime.FormatExpiresAt(end);
    }

    /// <summary>
    /// How long a page may be kept. Pages that can no longer change are kept for a minute, or as long as the stream surely lives. A page
    /// that ends at the tail of an open stream would hide the next append, so it must be asked for again each time; its tag makes that cheap.
    /// </summary>
    public static string CacheControl(StreamInfo stream, bool canChange, DateTimeOffset now)
    {
        if (canChange)
            return "no-cache";
        var left = long.MaxValue;
        if (stream.Config.Lifetime.TtlSeconds is { } ttl)
            left = ttl;
        if (stream.Config.Lifetime.ExpiresAt is { } end)
            left = Math.Min(left, (long)(end - now).TotalSeconds);
        return left == long.MaxValue ? "public, max-age=60, stale-while-revalidate=300"
            : left <= 0 ? "no-store"
            : string.Create(CultureInfo.InvariantCulture, $"public, max-age={Math.Min(SharedSeconds, left)}");
    }
}
