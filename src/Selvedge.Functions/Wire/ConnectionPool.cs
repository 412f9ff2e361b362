using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Functions.Wire;

/// <summary>
/// The connections to one process. The last one used is used next; none is closed for being idle, on either side, or a request would be
/// lost in the race.
/// </summary>
/// <param name="link">What carries them.</param>
/// <param name="token">Marks what the host program says itself.</param>
internal sealed class ConnectionPool(Link link, string token) : IDisposable
{
    private readonly byte[] _token = Encoding.ASCII.GetBytes(token);
    private readonly Lock _gate = new();
    private readonly Stack<Http1Connection> _idle = new();

    /// <inheritdoc cref="Link.Ended"/>
    public Task Ended => link.Ended;

    /// <summary>Whether a reason phrase is the mark of the host program, which refuses what it cannot read without knowing what it was.</summary>
    public bool IsToken(ReadOnlySpan<byte> reason) => CryptographicOperations.FixedTimeEquals(reason, _token);

    /// <summary>Gives an idle connection, or makes one.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    public Http1Connection Rent()
    {
        while (TryPop() is { } connection)
        {
            if (connection.IsIdle())
            {
                return connection;
            }

            connection.Dispose();
        }

        return new Http1Connection(link.Open());
    }

    /// <summary>Takes a connection back on which a response has just been read to its end.</summary>
    public void Return(Http1Connection connection)
    {
        lock (_gate)
        {
            _idle.Push(connection);
        }
    }

    /// <summary>Closes them all.</summary>
    public void Dispose() => link.Dispose();

    private Http1Connection? TryPop()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var connection) ? connection : null;
        }
    }
}
