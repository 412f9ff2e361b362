namespace Selvedge.Server.Streams;

/// <summary>Counts the readers that wait, and refuses the one too many.</summary>
internal sealed class LiveReaders(int limit)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Enters; the caller must <see cref="Leave"/> if this is true.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= limit)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}
