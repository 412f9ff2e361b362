using Selvedge.Streams;

namespace Selvedge.Server.Streams;

/// <summary>Counts the readers that wait, and refuses the one too many.</summary>
internal sealed class LiveReaders(int limit, StreamMetrics metrics, CancellationToken ending)
{
    /// <summary>Cancelled when the server wants to end: nobody waits any longer then.</summary>
    public CancellationToken Ending => ending;

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
