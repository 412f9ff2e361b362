using System.Text;

namespace Selvedge.Caching.Storage;

/// <summary>A stored response's place in a <see cref="MemoryStore"/>, which locks for everything but <see cref="Touch"/>.</summary>
internal sealed class StoreSlot
{
    private const byte MostUses = 3;

    // Its UTF-8: there may be a million of them.
    private readonly byte[] _key;
    private volatile StoredResponse? _response;
    private volatile StoreSlot? _next;
    private byte _uses;

    public StoreSlot(string key, StoredResponse response)
    {
        _key = Encoding.UTF8.GetBytes(key);
        _response = response;
        Hash = HashOf(key);
        Measure();
    }

    /// <summary>The key of the resource, made anew.</summary>
    public string Key => Encoding.UTF8.GetString(_key);

    /// <summary>The key's hash: the same for the whole of a run, and unforeseeable to those who choose keys.</summary>
    public int Hash { get; }

    /// <summary>The next older variant of the same resource.</summary>
    public StoreSlot? Next
    {
        get => _next;
        set => _next = value;
    }

    /// <summary>The response; <see langword="null"/> once it is removed.</summary>
    public StoredResponse? Response => _response;

    /// <summary>What it was counted as, in bytes.</summary>
    public long Bytes { get; private set; }

    public bool InMain { get; set; }

    /// <summary>How often it was asked for since it was queued, as far as that matters.</summary>
    public int Uses => _uses;

    /// <summary>The hash of a key.</summary>
    public static int HashOf(string key) => key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether it belongs to the resource with this key.</summary>
    public bool IsOf(string key, int hash) =>
        Hash == hash
        && (
            Ascii.Equals(_key, key)
            || (!Ascii.IsValid(key) && string.Equals(Encoding.UTF8.GetString(_key), key, StringComparison.Ordinal))
        );

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

        var bytes = response.Overhead + _key.Length + response.Body.MemoryLength;
        var growth = bytes - Bytes;
        Bytes = bytes;
        return growth;
    }

    /// <summary>Whether a response takes this one's place.</summary>
    public bool Succeeds(StoredResponse response) =>
        _response is { } mine && mine.IsFor(response.Target) && mine.Variance.IsSame(response.Variance);

    /// <summary>Takes over the popularity of the slot it replaces.</summary>
    public void Inherit(StoreSlot replaced) => _uses = replaced._uses;

    /// <summary>Lets go of the response.</summary>
    public void Clear()
    {
        _response = null;
        Bytes = 0;
    }
}
