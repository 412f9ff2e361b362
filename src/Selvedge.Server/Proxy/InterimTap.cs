using Selvedge.Server.Answers;

namespace Selvedge.Server.Proxy;

/// <summary>Shows interim responses of external origins, which the HTTP client reads over.</summary>
/// <remarks>
/// It stands between the client and its connections. A request is written in the flow of execution that sends it, so the connection
/// learns by that whose response it reads next.
/// </remarks>
internal sealed class InterimTap
{
    private readonly AsyncLocal<InterimResponses?> _current = new();

    /// <summary>What is sent from here on in this flow of execution has its interim responses shown.</summary>
    public void Follow(InterimResponses? interim) => _current.Value = interim;

    /// <summary>A connection that is looked at.</summary>
    public Stream Watch(Stream connection) => new InterimStream(connection, () => _current.Value);
}
