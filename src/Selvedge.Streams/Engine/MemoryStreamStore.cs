namespace Selvedge.Streams.Engine;

/// <summary>Makes stores that live and die with the process.</summary>
public static class MemoryStreamStore
{
    /// <summary>A new, empty store.</summary>
    /// <param name="time">The clock that lifetimes run by.</param>
    public static IStreamStore Create(TimeProvider time)
    {
        // Ids go into entity tags that clients keep, so a restart must not begin with the same ones again.
        var firstId = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds() << 20;
        return new StreamEngine(new MemoryJournal(), time, firstId, []);
    }
}
