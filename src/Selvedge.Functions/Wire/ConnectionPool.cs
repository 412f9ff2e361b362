using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Functions.Wire;

/// <summary>
/// The connections to one process. The last one used is used next; none is closed for being idle, on either side, or a request would be
/// lost in the race.
/// </summary>
/// <param name="socketPath">The socket that the process listens on, whose name no other process ever gets.</param>
/// <param name="token">Marks what the host program says itself.</param>
internal sealed class ConnectionPool(string socketPath, string token) : IDisposable
{
    private readonly byte[] _token = Encoding.ASCII.GetBytes(token);
    private readonly Lock _gate = new();
    private readonly Stack<Http1Connection> _idle = new();
    private readonly UnixDomainSocketEndPoint _endPoint = new(socketPath);
    private bool _disposed;

    /// <summary>The socket that the process listens on.</summary>
    public string SocketPath => socketPath;

    /// <summary>Whether a reason phrase is the mark of the host program, which refuses what it cannot read without knowing what it was.</summary>
    public bool IsToken(ReadOnlySpan<byte> reason) => CryptographicOperations.FixedTimeEquals(reason, _token);

    /// <summary>Gives an idle connection, or makes one.</summary>
    /// <exception cref="SocketException">The process does not take connections.</exception>
    public async ValueTask<Http1Connection> RentAsync(CancellationToken cancellationToken)
    {
        while (TryPop() is { } connection)
        {
            if (connection.IsIdle())
            {
                return connection;
            }

            connection.Dispose();
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellationToken);
            return new Http1Connection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes a connection back on which a response has just been read to its end.</summary>
    public void Return(Http1Connection connection)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <summary>Closes the idle connections, and the others when they come back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        while (TryPop() is { } connection)
        {
            connection.Dispose();
        }
    }

    private Http1Connection? TryPop()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var connection) ? connection : null;
        }
    }
}
