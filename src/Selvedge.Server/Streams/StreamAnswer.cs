using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Headers that several answers share.</summary>
internal static class StreamAnswer
{
    /// <summary>What nobody may keep.</summary>
    public const string NoStore = "no-store";

    private const int PageSeconds = 60;
    private const int PollSeconds = 20;

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
    public static string PageCacheControl(StreamInfo stream, bool canChange, DateTimeOffset now) =>
        canChange ? "no-cache"
        : SecondsLeft(stream, now) is { } left ? Shared(PageSeconds, left)
        : "public, max-age=60, stale-while-revalidate=300";

    /// <summary>How long what a long-poll brought may be kept: for one interval of its cursor, or as long as the stream surely lives.</summary>
    public static string PollCacheControl(StreamInfo stream, DateTimeOffset now) =>
        SecondsLeft(stream, now) is { } left ? Shared(PollSeconds, left) : "public, max-age=20";

    private static long? SecondsLeft(StreamInfo stream, DateTimeOffset now)
    {
        var lifetime = stream.Config.Lifetime;
        return lifetime.ExpiresAt is { } end ? (long)(end - now).TotalSeconds : lifetime.TtlSeconds;
    }

    private static string Shared(long most, long left) =>
        left <= 0 ? NoStore : string.Create(CultureInfo.InvariantCulture, $"public, max-age={Math.Min(most, left)}");
}
