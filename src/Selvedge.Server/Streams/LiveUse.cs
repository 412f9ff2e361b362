using Selvedge.Streams;

namespace Selvedge.Server.Streams;

/// <summary>Keeps a stream with a sliding lifetime alive while somebody follows it.</summary>
internal static class LiveUse
{
    /// <summary>How long to wait before the stream must be used again: at most half its window.</summary>
    public static TimeSpan Patience(StreamInfo stream, TimeSpan wanted)
    {
        if (stream.Config.Lifetime.TtlSeconds is not { } ttl)
            return wanted;
        var half = TimeSpan.FromSeconds(Math.Max(ttl, 0.1) / 2);
        return half < wanted ? half : wanted;
    }
}
