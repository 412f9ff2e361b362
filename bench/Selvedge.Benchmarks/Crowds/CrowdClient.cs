using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Selvedge.Benchmarks.Crowds;

/// <summary>One of a crowd: a connection, and the answer that arrives on it.</summary>
/// <remarks>While the crowd is answered it keeps bytes and times, and looks only for the end of the answer.</remarks>
internal sealed class CrowdClient : IDisposable
{
    private const int FirstSize = 4 * 1024;

    private readonly Socket _socket;
    private byte[] _bytes = new byte[FirstSize];
    private int _count;
    private int _length;

    private CrowdClient(Socket socket) => _socket = socket;

    /// <summary>When the first byte of the body was read; a timestamp, 0 if none was.</summary>
    public long FirstAt { get; private set; }

    /// <summary>When the last byte was read, or the connection was closed; a timestamp.</summary>
    public long LastAt { get; private set; }

    /// <summary>Whether the answer is there, or will never be.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The answer as it was received.</summary>
    public ReadOnlySpan<byte> Answer => _bytes.AsSpan(0, _count);

    /// <summary>Where its body begins; 0 if its head is not whole.</summary>
    public int BodyAt { get; private set; }

    /// <summary>Whether all of the answer is there.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Opens a connection to a port of this machine.</summary>
    public static CrowdClient Connect(int port, Epoll epoll, int token)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        socket.Blocking = false;
        epoll.Add((int)socket.SafeHandle.DangerousGetHandle(), token);
        return new CrowdClient(socket);
    }

    /// <summary>Sends a request, and forgets the answer to the one before.</summary>
    public void Ask(ReadOnlySpan<byte> request)
    {
        (_count, BodyAt, _length, FirstAt, LastAt, IsDone, IsWhole) = (0, 0, -1, 0, 0, false, false);
        if (_socket.Send(request, SocketFlags.None, out var error) != request.Length)
        {
            throw new IOException($"The request could not be sent: {error}.");
        }
    }

    /// <summary>Reads what is there.</summary>
    public void Read()
    {
        if (_count == _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_count * 2, BodyAt + _length));
        }

        var count = _socket.Receive(_bytes.AsSpan(_count), SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock)
        {
            return;
        }

        LastAt = Stopwatch.GetTimestamp();
        if (error is not SocketError.Success || count == 0)
        {
            IsDone = true;
            return;
        }

        _count += count;
        LookForTheEnd();
    }

    /// <summary>Leaves without its answer.</summary>
    public void Leave()
    {
        IsDone = true;
        Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private void LookForTheEnd()
    {
        if (BodyAt == 0)
        {
            var end = Answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return;
            }

            BodyAt = end + 4;
            _length = AnswerText.LengthOf(Answer[..(end + 2)]);
        }

        if (FirstAt == 0 && _count > BodyAt)
        {
            FirstAt = LastAt;
        }

        IsWhole = _length >= 0 ? _count >= BodyAt + _length : Answer[BodyAt..].EndsWith("0\r\n\r\n"u8);
        IsDone = IsWhole;
    }
}
