using System.Globalization;

namespace Selvedge.Streams.Protocol;

/// <summary>The value that gives every cycle of long-polling a URL of its own, so that a cache can collapse the cycle.</summary>
public static class Cursor
{
    /// <summary>How long one cursor lasts.</summary>
    public const int IntervalSeconds = 20;

    // 2024-10-09T00:00:00Z, the epoch the protocol names.
    private const long EpochSeconds = 1_728_432_000;

    /// <summary>The number of the interval that an instant lies in.</summary>
    public static long IntervalOf(DateTimeOffset now) => (now.ToUnixTimeSeconds() - EpochSeconds) / IntervalSeconds;

    /// <summary>
    /// The cursor of a response: the present interval, or the one after the client's when that is not behind. It depends on nothing
    /// but the client's cursor and the time, so readers of one URL stay together, and it never repeats what the client sent, so no
    /// poll can find its own stored answer.
    /// </summary>
    /// <param name="clientCursor">What the client sent; whatever is no number counts as nothing.</param>
    /// <param name="current">The interval in which the answer was made (<see cref="IntervalOf"/>).</param>
    public static long Next(string? clientCursor, long current)
    {
        var known = long.TryParse(clientCursor, NumberStyles.None, CultureInfo.InvariantCulture, out var client);
        return known && client >= current && client < long.MaxValue ? client + 1 : current;
    }
}
