namespace Selvedge.Routing.Explain;

/// <summary>How a decision came about, step by step. Give an empty one to a <see cref="Router"/> and read it afterwards.</summary>
public sealed class RouteTrace
{
    private readonly List<RouteTraceStep> _steps = [];

    /// <summary>The steps in the order they were taken.</summary>
    public IReadOnlyList<RouteTraceStep> Steps => _steps;

    internal void Add(RouteTraceStep step) => _steps.Add(step);
}
