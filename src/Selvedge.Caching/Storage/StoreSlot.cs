namespace Selvedge.Caching.Storage;

/// <summary>A stored response's place in a <see cref="MemoryStore"/>, which locks for everything but <see cref="Touch"/>.</summary>
internal sealed class StoreSlot
{
    private const byte MostUses = 3;

    private volatile StoredResponse? _response;
    private byte _uses;

    public StoreSlot(string key, StoredResponse response)
    {
        Key = key;
        _response = response;
        Measure();
    }

    public string Key { get; }

    /// <summary>The response; <see langword="null"/> once it is removed.</summary>
    public StoredResponse? Response => _response;

    /// <summary>What it was counted as, in bytes.</summary>
    public long Bytes { get; private set; }

    public bool InMain { get; set; }

    /// <summary>How often it was asked for since it was queued, as far as that matters.</summary>
    public int Uses => _uses;

    /// <summary>Notes that it was asked for. Two at once may count as one, which is as good.</summary>
    public void Touch()
    {
        // Reading first keeps a popular slot's cache line unwritten.
        if (_uses < MostUses)
        {
            _uses++;
        }
    }

    /// <summary>Takes back one use.</summary>
    public bool TakeUse()
    {
        if (_uses == 0)
        {
            return false;
        }

        _uses--;
        return true;
    }

    /// <summary>Counts its bytes anew.</summary>
    /// <returns>By how much it has grown.</returns>
    public long Measure()
    {
        var response = _response;
        if (response is null)
        {
            return 0;
        }

        var bytes = response.Overhead + (2 * Key.Length) + response.Body.MemoryLength;
        var growth = bytes - Bytes;
        Bytes = bytes;
        return growth;
    }

    /// <summary>Whether a response takes this one's place.</summary>
    public bool Succeeds(StoredResponse response) =>
        _response is { } mine
        && string.Equals(mine.Target, response.Target, StringComparison.Ordinal)
        && mine.Variance.IsSame(response.Variance);

    /// <summary>Takes over the popularity of the slot it replaces.</summary>
    public void Inherit(StoreSlot replaced) => _uses = replaced._uses;

    /// <summary>Lets go of the response.</summary>
    public void Clear()
    {
        _response = null;
        Bytes = 0;
    }
}
