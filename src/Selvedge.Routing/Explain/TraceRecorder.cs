using Selvedge.Routing.Config;
using Selvedge.Routing.Middleware;
using Selvedge.Routing.Phases;
using Selvedge.Routing.Requests;

namespace Selvedge.Routing.Explain;

/// <summary>Writes the steps of a run into a <see cref="RouteTrace"/>.</summary>
/// <param name="trace">Receives them.</param>
internal sealed class TraceRecorder(RouteTrace trace)
{
    private string _path = "";
    private string _query = "";
    private string _functionPath = "";
    private int? _status;
    private int _changes;
    private IReadOnlyList<RoutedHeader> _headers = [];

    /// <summary>Remembers how things are before a route applies.</summary>
    public void Begin(LiveRequest request, int? status, RoutedHeaders headers)
    {
        _path = request.Path;
        _query = request.Query;
        _functionPath = request.FunctionPath;
        _status = status;
        _changes = request.Headers.Changes.Count;
        _headers = headers.ToList();
    }

    /// <summary>Writes down what a route has changed since <see cref="Begin"/>.</summary>
    public void End(CompiledRoute route, RoutePhase phase, LiveRequest request, int? status, RoutedHeaders headers)
    {
        var effects = new List<string>();
        if (!string.Equals(request.Path, _path, StringComparison.Ordinal))
            effects.Add("path " + request.Path);
        if (!string.Equals(request.Query, _query, StringComparison.Ordinal))
            effects.Add("query " + request.Query);
        if (!string.Equals(request.FunctionPath, _functionPath, StringComparison.Ordinal))
            effects.Add("function path " + request.FunctionPath);
        if (status != _status)
            effects.Add(status is null ? "status cleared" : $"status {status}");
        effects.AddRange(headers.ToList().Except(_headers).Select(static header => $"header {header.Name}: {header.Value}"));
        effects.AddRange(request.Headers.Changes.Skip(_changes).Select(Describe));
        trace.Add(Step(RouteTraceKind.Route, route, _path) with { Phase = phase, Effects = effects });
    }

    /// <summary>Writes down a lookup.</summary>
    public void Lookup(string path, RouteTarget? target) =>
        trace.Add(
            new RouteTraceStep
            {
                Kind = RouteTraceKind.Lookup,
                Path = path,
                Effects = [target is null ? "nothing" : $"{target.Kind.ToString().ToLowerInvariant()} {target.OutputPath}"],
            }
        );

    /// <summary>Writes down what middleware said.</summary>
    public void Middleware(CompiledRoute route, MiddlewareVerdict verdict, string path)
    {
        var effects = new List<string>
        {
            $"middleware {route.MiddlewarePath}: {verdict.Kind.ToString().ToLowerInvariant()} {verdict.Url}".TrimEnd(),
        };
        effects.AddRange(verdict.ResponseHeaders.Select(static header => $"header {header.Key}: {header.Value}"));
        trace.Add(Step(RouteTraceKind.Middleware, route, path) with { Effects = effects });
    }

    /// <summary>Writes down that a pattern took too long.</summary>
    public void TimedOut(CompiledRoute route, string path) =>
        trace.Add(Step(RouteTraceKind.Timeout, route, path) with { Effects = [route.IsGuard ? "fails" : "does not match"] });

    /// <summary>Writes down that the error phase begins.</summary>
    public void Failure(int status, string errorCode, string path) =>
        trace.Add(
            new RouteTraceStep
            {
                Kind = RouteTraceKind.Failure,
                Phase = RoutePhase.Error,
                Path = path,
                Effects = [$"status {status}", errorCode],
            }
        );

    /// <summary>Writes down the end.</summary>
    public void Decided(RouteDecision decision)
    {
        var end = decision.Outcome switch
        {
            RouteOutcome.Target => $"{decision.Target!.Kind.ToString().ToLowerInvariant()} {decision.Target.OutputPath}",
            RouteOutcome.External => "external " + decision.ExternalUrl,
            RouteOutcome.Redirect => "redirect " + decision.Location,
            RouteOutcome.Synthetic => "middleware's answer",
            _ => "error " + decision.ErrorCode,
        };
        IReadOnlyList<string> effects = decision.Status is { } status ? [end, $"status {status}"] : [end];
        trace.Add(
            new RouteTraceStep
            {
                Kind = RouteTraceKind.Decision,
                Path = decision.RoutedPath,
                Effects = effects,
            }
        );
    }

    private static RouteTraceStep Step(RouteTraceKind kind, CompiledRoute route, string path) =>
        new()
        {
            Kind = kind,
            Phase = route.Config.Phase,
            Route = route.Config.Index,
            Src = route.Config.Src,
            Path = path,
        };

    private static string Describe(HeaderChange change) =>
        $"request header {change.Kind.ToString().ToLowerInvariant()} {change.Name}{(change.Value is null ? "" : ": " + change.Value)}";
}
