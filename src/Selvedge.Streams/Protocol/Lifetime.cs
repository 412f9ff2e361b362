using System.Globalization;
using System.Runtime.InteropServices;

namespace Selvedge.Streams.Protocol;

/// <summary>When a stream ends by itself: never, after a time without use, or at an instant.</summary>
/// <param name="TtlSeconds">The sliding window: every read and write of the stream starts it again. Null means none.</param>
/// <param name="ExpiresAt">The instant at which the stream ends whatever happens. Null means none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Lifetime(long? TtlSeconds, DateTimeOffset? ExpiresAt)
{
    /// <summary>A stream that lives until it is deleted.</summary>
    public static Lifetime Endless => default;

    // A hundred years: beyond it a window is endless, and sums stay far from overflow.
    private const long MaxTtlSeconds = 100L * 366 * 24 * 3600;

    /// <summary>Understands <c>Stream-TTL</c>: digits only, no leading zero, no sign.</summary>
    public static bool TryParseTtl(string text, out long seconds)
    {
        seconds = 0;
        if (text.Length is 0 or > 18 || (text.Length > 1 && text[0] == '0'))
            return false;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
            return false;
        seconds = Math.Min(seconds, MaxTtlSeconds);
        return true;
    }

    /// <summary>Understands <c>Stream-Expires-At</c> (RFC 3339, with any offset).</summary>
    public static bool TryParseExpiresAt(string text, out DateTimeOffset instant)
    {
        instant = default;
        // RFC 3339 demands a zone; DateTimeOffset would silently assume the machine's.
        var zoned = text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-');
        if (!zoned || text.Length < 20 || text[4] != '-' || text[10] is not ('T' or 't' or ' '))
            return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            return false;
        // Milliseconds are what is stored, so they are what is compared.
        instant = DateTimeOffset.FromUnixTimeMilliseconds(parsed.ToUnixTimeMilliseconds());
        return true;
    }

    /// <summary>The wire form of an instant.</summary>
    public static string FormatExpiresAt(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>True once the stream has ended.</summary>
    /// <param name="lastUse">When the stream was last read or written, Unix milliseconds.</param>
    /// <param name="now">The present, Unix milliseconds.</param>
    public bool HasEnded(long lastUse, long now) =>
        (ExpiresAt is { } end && now >= end.ToUnixTimeMilliseconds()) || (TtlSeconds is { } ttl && now >= lastUse + (ttl * 1000));
}
