using System.Security.Cryptography;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>When connections of server-sent events must show that they live, and when they end. In timestamps of the clock.</summary>
/// <param name="time">The clock.</param>
/// <param name="keepAlive">How long a connection stays silent.</param>
/// <param name="lifetime">About how long a connection lasts.</param>
internal sealed class SseClock(TimeProvider time, TimeSpan keepAlive, TimeSpan lifetime)
{
    /// <summary>When a connection that begins now ends: a tenth more or less, so that readers that came together do not come back together.</summary>
    public long EndOfConnection() => After(lifetime * (0.9 + (RandomNumberGenerator.GetInt32(0, 2001) / 10_000.0)));

    /// <summary>When a connection that is silent from now on must say something, or end.</summary>
    public long NextSign(long end) => Math.Min(After(keepAlive), end);

    /// <summary>Whether it is that time.</summary>
    public bool HasCome(long timestamp) => time.GetTimestamp() >= timestamp;

    /// <summary>The cursor an event of now carries.</summary>
    /// <param name="known">The client's own.</param>
    public long NextCursor(string? known) => Cursor.Next(known, Cursor.IntervalOf(time.GetUtcNow()));

    private long After(TimeSpan span) => time.GetTimestamp() + (long)Math.Ceiling(span.TotalSeconds * time.TimestampFrequency);
}
