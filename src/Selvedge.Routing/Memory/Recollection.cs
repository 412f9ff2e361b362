namespace Selvedge.Routing.Memory;

/// <summary>A decision that is remembered, and the inputs it depends on besides method, path and query.</summary>
public sealed class Recollection
{
    private readonly Input[] _inputs;

    internal Recollection(Input[] inputs, RouteDecision decision)
    {
        _inputs = inputs;
        Decision = decision;
        LooksAtHeaders = Headers.Any();
    }

    /// <summary>What was decided.</summary>
    public RouteDecision Decision { get; }

    /// <summary>Whether any header was consulted.</summary>
    public bool LooksAtHeaders { get; }

    /// <summary>The headers that were consulted on the way to it, those that cookies stand in included.</summary>
    public IEnumerable<string> Headers =>
        _inputs
            .Where(input => input.Kind is not InputKind.Host)
            .Select(input => input.Kind is InputKind.Cookie ? "cookie" : input.Name);

    /// <summary>Whether a request for the same method, path and query has the same inputs, so that it would be decided alike.</summary>
    /// <param name="host">Its host, lower case, without port.</param>
    /// <param name="headers">Its headers.</param>
    public bool Fits(string host, IRequestHeaders headers)
    {
        foreach (var input in _inputs)
        {
            if (!input.IsSameIn(host, headers))
                return false;
        }

        return true;
    }
}
