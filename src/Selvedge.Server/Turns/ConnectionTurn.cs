using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Selvedge.Server.Turns;

/// <summary>
/// On which thread the requests of one HTTP/1.1 connection run: where they arrive, which is the thread that polls the socket and many
/// others, or in the thread pool.
/// </summary>
/// <remarks>
/// Kestrel parses each request where its bytes arrive. An answer that is in memory leaves from there, which saves two changes of thread.
/// Everything else leaves the thread first (<see cref="LeaveAsync"/>), and until that request ends whatever it waits for on this
/// connection resumes in the pool, so that nothing which takes its time holds up the other connections
/// (<c>docs/decisions/0049-hits-on-the-polling-thread.md</c>).
/// </remarks>
internal sealed class ConnectionTurn : IDuplexPipe
{
    private ConnectionTurn(IDuplexPipe transport)
    {
        Input = new TurnReader(transport.Input, this);
        Output = new TurnWriter(transport.Output, this);
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>Whether the connection's request has left the polling thread.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Gives a connection turns.</summary>
    public static void Apply(ConnectionContext connection)
    {
        var turn = new ConnectionTurn(connection.Transport);
        connection.Features.Set(turn);
        connection.Transport = turn;
    }

    /// <summary>Goes on in the pool, and stays there until <see cref="End"/>.</summary>
    public PoolThread LeaveAsync()
    {
        HasLeft = true;
        return default;
    }

    /// <summary>The request is answered: the next one may be handled where it arrives.</summary>
    public void End() => HasLeft = false;
}
