using System.Buffers;

namespace Selvedge.Streams.Reading;

/// <summary>A run of a stream's bytes in the form a reader gets: for JSON an array, for everything else the bytes.</summary>
public sealed class StreamPage : IDisposable
{
    private readonly int _start;
    private readonly int _length;
    private byte[]? _pooled;
    private byte[]? _event;

    internal StreamPage(long from, long next, byte[] buffer, int start, int length, bool isPooled)
    {
        From = from;
        Next = next;
        Buffer = buffer;
        _start = start;
        _length = length;
        _pooled = isPooled ? buffer : null;
    }

    /// <summary>The position of the first byte.</summary>
    public long From { get; }

    /// <summary>The position behind the last one: where the next read goes on.</summary>
    public long Next { get; }

    /// <summary>What the reader gets.</summary>
    public ReadOnlyMemory<byte> Body => Buffer.AsMemory(_start, _length);

    /// <summary>True when there was nothing to read.</summary>
    public bool IsEmpty => Next == From;

    private byte[] Buffer { get; }

    /// <summary>The page as a server-sent event, encoded once for everybody who is sent it.</summary>
    public ReadOnlyMemory<byte> Event(bool isText) => _event ??= Protocol.ServerSentEvent.EncodeData(Body.Span, isText);

    /// <summary>Gives the memory back. Pages shared among readers have none to give.</summary>
    public void Dispose()
    {
        if (_pooled is { } pooled)
        {
            _pooled = null;
            ArrayPool<byte>.Shared.Return(pooled);
        }
    }
}
