using System.Text;

namespace Selvedge.Benchmarks.Crowds;

/// <summary>A connection to the origin: requests without bodies come in, answers go out.</summary>
internal sealed class OriginConnection(int socket, Epoll epoll, int token)
{
    private const int LargestHead = 4 * 1024;

    private readonly byte[] _received = new byte[LargestHead];
    private readonly Queue<ReadOnlyMemory<byte>> _unsent = new();
    private int _count;
    private bool _isClosed;

    /// <summary>Reads what is there.</summary>
    /// <param name="paths">Takes the paths of the requests that are whole.</param>
    /// <returns><see langword="false"/> once the connection is closed.</returns>
    public bool Read(List<string> paths)
    {
        var count = LibC.Receive(socket, _received.AsSpan(_count));
        if (count <= 0)
        {
            return count < 0 && LibC.Error is LibC.WouldBlock;
        }

        _count += count;
        ReadOnlySpan<byte> rest = _received.AsSpan(0, _count);
        while (rest.IndexOf("\r\n\r\n"u8) is var end and >= 0)
        {
            // "GET /path HTTP/1.1"
            var target = rest[(rest.IndexOf((byte)' ') + 1)..];
            paths.Add(Encoding.ASCII.GetString(target[..target.IndexOf((byte)' ')]));
            rest = rest[(end + 4)..];
        }

        rest.CopyTo(_received);
        _count = rest.Length;
        return true;
    }

    /// <summary>Sends bytes after those that are on their way, if anybody is there to have them.</summary>
    public void Send(ReadOnlyMemory<byte> bytes)
    {
        if (_isClosed)
        {
            return;
        }

        _unsent.Enqueue(bytes);
        if (_unsent.Count == 1 && !TryFlush())
        {
            epoll.WatchRoom(socket, token, watched: true);
        }
    }

    /// <summary>Sends more of what is on its way, now that there is room.</summary>
    public void GoOn()
    {
        if (_unsent.Count > 0 && TryFlush())
        {
            epoll.WatchRoom(socket, token, watched: false);
        }
    }

    /// <summary>Lets go of the connection.</summary>
    public void Close()
    {
        _isClosed = true;
        _ = LibC.Close(socket);
    }

    // Whether nothing is left to be sent, be it because the client has gone.
    private bool TryFlush()
    {
        while (_unsent.TryPeek(out var bytes))
        {
            var sent = LibC.Send(socket, bytes.Span);
            if (sent < 0 && LibC.Error is not LibC.WouldBlock)
            {
                _unsent.Clear();
                return true;
            }

            _unsent.Dequeue();
            if (sent < bytes.Length)
            {
                // The rest goes first.
                var rest = _unsent.ToArray();
                _unsent.Clear();
                _unsent.Enqueue(bytes[Math.Max(0, sent)..]);
                foreach (var piece in rest)
                {
                    _unsent.Enqueue(piece);
                }

                return false;
            }
        }

        return true;
    }
}
