using Selvedge.Streams;

namespace Selvedge.Server.Streams;

/// <summary>Counts the readers that wait, and refuses the one too many.</summary>
internal sealed class LiveReaders(int limit, StreamMetrics metrics)
{
    private int _count;

    /// <summary>Enters; the caller must <see cref="Leave"/> if this is true.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= limit)
        {
            metrics.ReaderCame();
            return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Leave()
    {
        Interlocked.Decrement(ref _count);
        metrics.ReaderLeft();
    }
}
