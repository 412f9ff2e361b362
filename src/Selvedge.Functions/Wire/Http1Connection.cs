namespace Selvedge.Functions.Wire;

/// <summary>
/// One connection to a process: a channel with a buffer for what has been received and not yet been looked at. Closing it ends whatever
/// is under way on it, with an exception there.
/// </summary>
internal sealed class Http1Connection(Channel channel) : IDisposable
{
    // Holds head and body of most pages, so that they take one read, and one write on their way to the client.
    private const int BufferSize = 32 * 1024;

    private byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    /// <summary>Whether it has been closed on this side.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What has been received and not been consumed.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether the other side still waits for a request on it, and has said nothing out of turn.</summary>
    public bool IsIdle() => _start == _end && channel.IsIdle;

    /// <inheritdoc cref="Channel.Sent"/>
    public int Sent => channel.Sent;

    /// <inheritdoc cref="Channel.HasLostAllBehind(int)"/>
    public bool HasLostAllBehind(int sent) => channel.HasLostAllBehind(sent);

    /// <summary>Drops the beginning of what is buffered.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
        }
    }

    /// <summary>Receives more into the buffer, which grows if it is full.</summary>
    /// <returns>Whether there is more; not at the end of the stream.</returns>
    public async ValueTask<bool> FillAsync()
    {
        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        var count = await channel.ReceiveAsync(_buffer.AsMemory(_end));
        _end += count;
        return count > 0;
    }

    /// <summary>Takes what is buffered or, if that is nothing, receives.</summary>
    /// <returns>How many bytes were read; 0 at the end of the stream.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> destination)
    {
        if (_start == _end)
        {
            // Straight to where it is wanted, unless that is so little that it would take many calls.
            if (destination.Length >= BufferSize)
            {
                return await channel.ReceiveAsync(destination);
            }

            await FillAsync();
        }

        var count = Math.Min(destination.Length, _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(destination);
        Consume(count);
        return count;
    }

    /// <summary>Sends all of it.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => channel.SendAsync(bytes);

    public void Dispose()
    {
        IsClosed = true;
        channel.Dispose();
    }

    private void MakeRoom()
    {
        var target = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
        Buffered.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, _end - _start);
    }
}
