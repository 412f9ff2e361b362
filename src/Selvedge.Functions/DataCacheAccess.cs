namespace Selvedge.Functions;

/// <summary>How a function reaches the data cache that its server keeps for it.</summary>
/// <param name="Socket">The Unix socket that the data cache listens on.</param>
/// <param name="Token">What the function shows there. It stays with the host program; the function's environment never holds it.</param>
public sealed record DataCacheAccess(string Socket, string Token)
{
    /// <summary>The socket alone: what is printed may be logged.</summary>
    public override string ToString() => Socket;
}
