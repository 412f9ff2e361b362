using System.Threading.Tasks.Sources;

namespace Selvedge.Functions.Wire;

/// <summary>
/// One of the connections that share a <see cref="Link"/>: bytes in order both ways, until either side closes it. One reader and one writer
/// at a time.
/// </summary>
/// <remarks>
/// Bytes go straight to a reader that waits for them, who goes on in the thread that reads the link, and must leave it for anything that
/// takes its time. Otherwise they are kept, at most as many as the window, for a process that sends more than it was let is none of ours.
/// </remarks>
internal sealed class Channel(Link link, uint id) : IValueTaskSource<int>
{
    /// <summary>In place of how much has arrived, where the link has ended.</summary>
    public const int Unknown = -1;

    private const int MaxRetained = 16 * 1024;

    private readonly Lock _gate = new();

    private ManualResetValueTaskSourceCore<int> _receipt;
    private Memory<byte> _destination;
    private bool _isAwaited;
    private int _result;

    private byte[] _kept = [];
    private int _start;
    private int _end;
    private int _taken;

    private int _credit = Frame.Window;
    private TaskCompletionSource? _credited;
    private int _sent;
    private int _arrived = Unknown;
    private bool _isClosed;
    private bool _isDisposed;

    /// <summary>Its number.</summary>
    public uint Id => id;

    /// <summary>Whether nothing has come that has not been read, the other side's end included.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _start == _end && !_isClosed;
            }
        }
    }

    /// <summary>How many bytes have been sent on it so far, modulo 2²⁴.</summary>
    public int Sent
    {
        get
        {
            lock (_gate)
            {
                return _sent;
            }
        }
    }

    /// <summary>Whether the process has closed it before anything arrived that was sent behind so many bytes.</summary>
    public bool HasLostAllBehind(int sent)
    {
        lock (_gate)
        {
            return _isClosed && _arrived == sent;
        }
    }

    /// <summary>Reads what has arrived, or what arrives next.</summary>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    /// <exception cref="ObjectDisposedException">It has been closed on this side.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> destination)
    {
        int count;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_start == _end && !_isClosed)
            {
                _receipt.Reset();
                _destination = destination;
                _isAwaited = true;
                return new(this, _receipt.Version);
            }

            count = Math.Min(destination.Length, _end - _start);
            _kept.AsSpan(_start, count).CopyTo(destination.Span);
            _start += count;
            if (_start == _end)
            {
                // What a large body has taken is not held for the small ones after it.
                (_kept, _start, _end) = (_kept.Length > MaxRetained ? [] : _kept, 0, 0);
            }
        }

        Acknowledge(count);
        return new(count);
    }

    /// <summary>Sends all of it, as far as the other side takes it.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    /// <exception cref="ObjectDisposedException">It has been closed on this side.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count;
            Task? credited = null;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                if (_isClosed)
                {
                    throw new IOException("The process has closed the connection.");
                }

                count = Math.Min(bytes.Length, _credit);
                _credit -= count;
                _sent = (_sent + count) & Frame.MaxNumber;
                if (count == 0)
                {
                    _credited = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    credited = _credited.Task;
                }
            }

            if (credited is not null)
            {
                await credited;
                continue;
            }

            link.Send(id, bytes.Span[..count]);
            bytes = bytes[count..];
        }
    }

    /// <summary>Closes it, which ends whatever is under way on it, with an exception there.</summary>
    public void Dispose()
    {
        bool wakes;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            wakes = End_NeedsLock(-1);
        }

        link.Close(id);
        AnswerInPoolIf(wakes);
    }

    /// <summary>Takes what has arrived.</summary>
    /// <returns>Whether the process may have sent so much.</returns>
    public bool OnData(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        var wakes = false;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return true;
            }

            if (_isAwaited)
            {
                count = Math.Min(bytes.Length, _destination.Length);
                bytes[..count].CopyTo(_destination.Span);
                bytes = bytes[count..];
                wakes = Answer_NeedsLock(count);
            }

            if (!bytes.IsEmpty && !TryKeep_NeedsLock(bytes))
            {
                return false;
            }
        }

        Acknowledge(count);
        if (wakes)
        {
            Answer();
        }

        return true;
    }

    /// <summary>Takes that the other side lets as many more bytes be sent.</summary>
    public void OnCredit(int bytes)
    {
        TaskCompletionSource? credited;
        lock (_gate)
        {
            _credit = Math.Min(_credit + bytes, Frame.Window);
            (credited, _credited) = (_credited, null);
        }

        credited?.SetResult();
    }

    /// <summary>Takes that the other side is gone; what it has sent can still be read.</summary>
    /// <param name="arrived">How many bytes had arrived there, or <see cref="Unknown"/>.</param>
    public void OnClose(int arrived)
    {
        bool wakes;
        lock (_gate)
        {
            _isClosed = true;
            _arrived = arrived;
            wakes = End_NeedsLock(0);
        }

        AnswerInPoolIf(wakes);
    }

    int IValueTaskSource<int>.GetResult(short token) => _receipt.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _receipt.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _receipt.OnCompleted(continuation, state, token, flags);

    private bool End_NeedsLock(int result)
    {
        _credited?.TrySetResult();
        _credited = null;
        return _isAwaited && Answer_NeedsLock(result);
    }

    private bool Answer_NeedsLock(int result)
    {
        _isAwaited = false;
        _destination = default;
        _result = result;
        return true;
    }

    // Not under the lock, for the reader may go on in here.
    private void Answer()
    {
        if (_result >= 0)
        {
            _receipt.SetResult(_result);
        }
        else
        {
            _receipt.SetException(new ObjectDisposedException(nameof(Channel)));
        }
    }

    // What has to be done for what is over is nothing that others should wait for.
    private void AnswerInPoolIf(bool wakes)
    {
        if (wakes)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static channel => channel.Answer(), this, preferLocal: false);
        }
    }

    private bool TryKeep_NeedsLock(ReadOnlySpan<byte> bytes)
    {
        var length = _end - _start + bytes.Length;
        if (length > Frame.Window)
        {
            return false;
        }

        if (_end + bytes.Length > _kept.Length)
        {
            var target = length > _kept.Length ? new byte[Math.Min(Frame.Window, Math.Max(length, _kept.Length * 2))] : _kept;
            _kept.AsSpan(_start, _end - _start).CopyTo(target);
            (_kept, _start, _end) = (target, 0, _end - _start);
        }

        bytes.CopyTo(_kept.AsSpan(_end));
        _end += bytes.Length;
        return true;
    }

    private void Acknowledge(int count)
    {
        if (Interlocked.Add(ref _taken, count) < Frame.Window / 2)
        {
            return;
        }

        if (Interlocked.Exchange(ref _taken, 0) is var taken and > 0)
        {
            link.Credit(id, taken);
        }
    }
}
