using Selvedge.Routing.Conditions;
using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Requests;

namespace Selvedge.Routing;

/// <summary>
/// Conditions on a request, written like those of a route (<c>has</c>), for use beside routing: a prerender's
/// <c>experimentalBypassFor</c> above all.
/// </summary>
public sealed class RequestConditions
{
    private readonly Condition[] _conditions;

    private RequestConditions(Condition[] conditions) => _conditions = conditions;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _conditions.Length == 0;

    /// <summary>Compiles conditions.</summary>
    /// <param name="conditions">As written.</param>
    /// <param name="options">How long a pattern may take.</param>
    /// <param name="faults">Receives a sentence for each condition whose pattern cannot be used; it holds for no request.</param>
    public static RequestConditions Compile(
        IReadOnlyList<ConditionConfig> conditions,
        RoutingOptions options,
        ICollection<string> faults
    )
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        var compiled = new List<Condition>(conditions.Count);
        foreach (var condition in conditions)
        {
            try
            {
                compiled.Add(Condition.Compile(condition, options.RegexTimeout));
            }
            catch (PatternFormatException exception)
            {
                faults.Add($"The condition on {condition.Key ?? "the host"} cannot be used: {exception.Message}");
            }
        }

        return new RequestConditions([.. compiled]);
    }

    /// <summary>Whether a request meets any of them. A pattern that takes too long is not met.</summary>
    public bool IsMetBy(RouteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (IsEmpty)
        {
            return false;
        }

        var live = new LiveRequest(request, recorder: null);
        return Array.Exists(_conditions, condition => condition.Test(live, captures: null) == MatchResult.Yes);
    }
}
