namespace Selvedge.Routing.Memory;

/// <summary>A decision, and the inputs it depends on besides method, path and query.</summary>
/// <param name="Inputs">The inputs that were consulted, with the values they had.</param>
/// <param name="Decision">What was decided.</param>
internal sealed record Recollection(Input[] Inputs, RouteDecision Decision)
{
    /// <summary>Whether a request has the same inputs, so that deciding again would take the same course.</summary>
    public bool Fits(RouteRequest request)
    {
        foreach (var input in Inputs)
        {
            if (!input.IsSameIn(request))
                return false;
        }

        return true;
    }
}
