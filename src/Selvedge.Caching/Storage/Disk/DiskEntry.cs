namespace Selvedge.Caching.Storage.Disk;

/// <summary>An entry that was found. What it shows stays readable until it is disposed, whatever happens to the store meanwhile.</summary>
public sealed class DiskEntry : IDisposable
{
    private readonly ReadOnlyMemory<byte> _inline;
    private bool _disposed;

    internal DiskEntry(string key, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> inline, DiskBody? body)
    {
        Key = key;
        Head = head;
        _inline = inline;
        Body = body;
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The head as it was committed, checked.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>The length of the body, in bytes.</summary>
    public long BodyLength => Body?.Length ?? _inline.Length;

    /// <summary>The body if it is short enough, up to 64 KiB, to have been read with the head; checked.</summary>
    /// <returns><see langword="null"/> if it must be read from <see cref="OpenBody"/>.</returns>
    public ReadOnlyMemory<byte>? InlineBody => Body is null ? _inline : default(ReadOnlyMemory<byte>?);

    internal DiskBody? Body { get; }

    /// <summary>Opens the body to read asynchronously, from any position. It may outlive the entry.</summary>
    /// <returns>A stream that throws <see cref="BrokenBodyException"/> at damage instead of giving wrong bytes.</returns>
    public Stream OpenBody()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Body is { } body ? new DiskBodyStream(body) : new MemoryStream(_inline.ToArray(), writable: false);
    }

    /// <summary>Lets go of the body's file.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Body?.Release();
        }
    }
}
