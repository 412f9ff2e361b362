using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Selvedge.Functions.Wire;

/// <summary>
/// The connection to a process, which carries many: what many requests have to say leaves in one write, and their answers arrive in one
/// read. A system call for each, and each a thread that is woken, would cost more than all else that is done for a small request.
/// </summary>
/// <remarks>
/// Nobody on it waits for another. Whoever sends adds to what is gathered and goes on; a channel whose bytes are not taken uses up its own
/// window (<see cref="Frame.Window"/>), so that the link itself is read without end on both sides.
/// <para>
/// What is gathered is bounded by the windows of the channels, of which there are as many as an instance has requests at once.
/// </para>
/// </remarks>
internal sealed class Link : IThreadPoolWorkItem, IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Socket _socket;
    private readonly ConcurrentDictionary<uint, Channel> _channels = new();
    private readonly Lock _sendGate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrayBufferWriter<byte> _gathered = new(BufferSize);
    private ArrayBufferWriter<byte> _leaving = new(BufferSize);
    private uint _last;
    private bool _isSending;
    private volatile bool _hasEnded;

    private Link(Socket socket) => _socket = socket;

    /// <summary>Completes when the connection has ended. The process is gone then, or is of no use.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Connects to a process.</summary>
    /// <exception cref="SocketException">The process does not take connections.</exception>
    public static async Task<Link> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return Over(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes a link of a socket that is connected, and owns it.</summary>
    public static Link Over(Socket socket)
    {
        var link = new Link(socket);
        _ = link.ReceiveAsync();
        return link;
    }

    /// <summary>Opens a channel.</summary>
    /// <exception cref="IOException">The connection has ended.</exception>
    public Channel Open()
    {
        var channel = new Channel(this, Interlocked.Increment(ref _last));
        _channels[channel.Id] = channel;
        // Looked at after the channel is in the table: either the end finds the channel there, or this finds the end.
        if (_hasEnded)
        {
            _channels.TryRemove(channel.Id, out _);
            throw new IOException("The process is gone.");
        }

        Send(new Frame(channel.Id, FrameKind.Open, 0));
        return channel;
    }

    /// <summary>Sends bytes on a channel, which has the credit for them.</summary>
    public void Send(uint channel, ReadOnlySpan<byte> bytes)
    {
        bool begins;
        lock (_sendGate)
        {
            for (; bytes.Length > 0; bytes = bytes[Math.Min(bytes.Length, Frame.MaxData)..])
            {
                var piece = bytes[..Math.Min(bytes.Length, Frame.MaxData)];
                var span = _gathered.GetSpan(Frame.Size + piece.Length);
                new Frame(channel, FrameKind.Data, piece.Length).Write(span);
                piece.CopyTo(span[Frame.Size..]);
                _gathered.Advance(Frame.Size + piece.Length);
            }

            begins = BeginSending_NeedsLock();
        }

        ScheduleIf(begins);
    }

    /// <summary>Lets the process send as many more bytes on a channel.</summary>
    public void Credit(uint channel, int bytes) => Send(new Frame(channel, FrameKind.Credit, bytes));

    /// <summary>Tells the process that a channel is closed, unless it was the process that closed it.</summary>
    public void Close(uint channel)
    {
        if (_channels.TryRemove(channel, out _))
        {
            Send(new Frame(channel, FrameKind.Close, 0));
        }
    }

    /// <summary>Closes the connection, and all that it carries.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>Sends what is gathered. As a piece of work of its own, it finds what those before it in the queue have added.</summary>
    public void Execute() => _ = SendAsync();

    private void Send(Frame frame)
    {
        bool begins;
        lock (_sendGate)
        {
            frame.Write(_gathered.GetSpan(Frame.Size));
            _gathered.Advance(Frame.Size);
            begins = BeginSending_NeedsLock();
        }

        ScheduleIf(begins);
    }

    // What comes while something is being sent is sent by whoever sends it.
    private bool BeginSending_NeedsLock()
    {
        var begins = !_isSending;
        _isSending = true;
        return begins;
    }

    private void ScheduleIf(bool begins)
    {
        if (begins)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    // Never throws: that nothing can be sent shows in what is received.
    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                lock (_sendGate)
                {
                    if (_gathered.WrittenCount == 0)
                    {
                        _isSending = false;
                        return;
                    }

                    (_gathered, _leaving) = (_leaving, _gathered);
                }

                var bytes = _leaving.WrittenMemory;
                while (!bytes.IsEmpty)
                {
                    bytes = bytes[await _socket.SendAsync(bytes)..];
                }

                Empty(ref _leaving);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _socket.Dispose();
        }
    }

    // What a crowd of uploads has made large does not stay so.
    private static void Empty(ref ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > BufferSize * 4)
        {
            buffer = new(BufferSize);
        }
        else
        {
            buffer.ResetWrittenCount();
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var buffer = new byte[BufferSize];
            var reader = new FrameReader();
            while (await _socket.ReceiveAsync(buffer) is var count and > 0)
            {
                if (!Take(reader, buffer.AsSpan(0, count)))
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The end, like any other.
        }

        _hasEnded = true;
        _socket.Dispose();
        foreach (var channel in _channels.Values)
        {
            channel.OnClose(Channel.Unknown);
        }

        _ended.SetResult();
    }

    // Answers whether it is what a host program sends.
    private bool Take(FrameReader reader, ReadOnlySpan<byte> received)
    {
        while (reader.TryRead(ref received, out var frame, out var data))
        {
            if (frame.Kind is FrameKind.Open or > FrameKind.Close)
            {
                return false;
            }

            // One that is closed on this side may have been spoken to before the process knew.
            if (!_channels.TryGetValue(frame.Channel, out var channel))
            {
                continue;
            }

            switch (frame.Kind)
            {
                case FrameKind.Data when !channel.OnData(data):
                    return false;
                case FrameKind.Credit:
                    channel.OnCredit(frame.Number);
                    break;
                case FrameKind.Close:
                    _channels.TryRemove(frame.Channel, out _);
                    channel.OnClose(frame.Number);
                    break;
            }
        }

        return true;
    }
}
