namespace Selvedge.Streams.Live;

/// <summary>Keeps a stream with a sliding lifetime alive while somebody follows it.</summary>
public static class LiveUse
{
    // The longest that timers take is 49 days.
    private const double LongestSeconds = 24 * 60 * 60;

    /// <summary>How long to wait before the stream must be used again: at most half its window.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="wanted">How long the caller would wait otherwise; <see cref="Timeout.InfiniteTimeSpan"/> for no end.</param>
    public static TimeSpan Patience(StreamInfo stream, TimeSpan wanted)
    {
        if (stream.Config.Lifetime.TtlSeconds is not { } ttl)
            return wanted;
        var half = TimeSpan.FromSeconds(Math.Clamp(ttl / 2.0, 0.05, LongestSeconds));
        return wanted == Timeout.InfiniteTimeSpan || half < wanted ? half : wanted;
    }
}
