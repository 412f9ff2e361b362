using System.Text.Json;
using Selvedge.Routing.Explain;
using Selvedge.Routing.Tests.Fakes;

namespace Selvedge.Routing.Tests.Golden;

/// <summary>Takes a golden case through the router, and writes the decision the way the files do.</summary>
internal sealed class GoldenRun
{
    private readonly GoldenCase _case;
    private readonly Router _router;

    public GoldenRun(GoldenCase golden, GoldenDeployment deployment)
    {
        _case = golden;
        _router = deployment.Router;
    }

    public FakeMiddleware? Middleware { get; private set; }

    public async Task<IReadOnlyDictionary<string, string>> DecideAsync(RouteTrace? trace = null)
    {
        var request = Request();
        Middleware = MiddlewareAnswer();
        if (_case.Case.TryGetProperty("failure", out var failure))
            return Describe(_router.RouteError(request, failure.GetInt32(), "FUNCTION_INVOCATION_FAILED"));
        return Describe(await _router.RouteAsync(request, Middleware, trace, CancellationToken.None));
    }

    /// <summary>What the file expects, each part as text.</summary>
    public IReadOnlyDictionary<string, string> Expected() =>
        _case
            .Case.GetProperty("expect")
            .EnumerateObject()
            .ToDictionary(static part => part.Name, static part => Text(part.Value), StringComparer.Ordinal);

    private RouteRequest Request()
    {
        var line = _case.Case.GetProperty("request").GetString()!.Split(' ', 2);
        var question = line[1].IndexOf('?', StringComparison.Ordinal);
        var headers = new FakeHeaders();
        if (_case.Case.TryGetProperty("headers", out var given))
        {
            foreach (var header in given.EnumerateObject())
                headers[header.Name] = header.Value.GetString()!;
        }

        var host = _case.Case.TryGetProperty("host", out var named) ? named.GetString()! : "site.test";
        headers["host"] = host;
        return new RouteRequest
        {
            Method = line[0],
            Path = question < 0 ? line[1] : line[1][..question],
            Query = question < 0 ? "" : line[1][(question + 1)..],
            Host = host,
            Headers = headers,
        };
    }

    private FakeMiddleware? MiddlewareAnswer()
    {
        if (!_case.Case.TryGetProperty("middleware", out var answer))
            return null;
        if (answer.ValueKind == JsonValueKind.String)
            return new FakeMiddleware(response: null);

        var headers = new List<KeyValuePair<string, string>>();
        if (answer.TryGetProperty("headers", out var given))
        {
            foreach (var header in given.EnumerateObject())
            {
                var values =
                    header.Value.ValueKind == JsonValueKind.Array ? header.Value.EnumerateArray().ToList() : [header.Value];
                headers.AddRange(values.Select(value => KeyValuePair.Create(header.Name, value.GetString()!)));
            }
        }

        return new FakeMiddleware(
            new MiddlewareResponse
            {
                Status = answer.TryGetProperty("status", out var status) ? status.GetInt32() : 200,
                Headers = headers,
                IsEmpty = answer.TryGetProperty("nothing", out _),
                Body = answer.TryGetProperty("body", out var body) ? body.GetString() : null,
            }
        );
    }

    private static Dictionary<string, string> Describe(RouteDecision decision)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (decision.Outcome)
        {
            case RouteOutcome.Target:
                parts["target"] = decision.Target!.OutputPath;
                break;
            case RouteOutcome.External:
                parts["external"] = decision.ExternalUrl!;
                break;
            case RouteOutcome.Redirect:
                parts["redirect"] = decision.Location!;
                break;
            case RouteOutcome.Synthetic:
                parts["synthetic"] = Lines(decision.Synthetic!.Headers.Select(static header => $"{header.Key}: {header.Value}"));
                parts["body"] = decision.Synthetic.Body as string ?? "";
                break;
            default:
                parts["error"] = decision.ErrorCode!;
                break;
        }

        if (decision.Status is { } status)
            parts["status"] = $"{status}";
        if (decision.ResponseHeaders.Count > 0)
            parts["headers"] = Lines(decision.ResponseHeaders.Select(Describe));
        if (decision.RequestHeaders.Count > 0)
            parts["requestHeaders"] = Lines(decision.RequestHeaders.Select(Describe));
        if (decision.ResponseTransforms.Count > 0)
            parts["responseTransforms"] = Lines(decision.ResponseTransforms.Select(Describe));
        if (!decision.RespectOriginCacheControl)
            parts["respectOriginCacheControl"] = "False";
        parts["query"] = decision.Query;
        parts["path"] = decision.RoutedPath;
        parts["functionPath"] = decision.RequestPath;
        parts["matches"] = decision.RouteMatches ?? "";
        return parts;
    }

    private static string Describe(RoutedHeader header)
    {
        var mark = header.Precedence switch
        {
            HeaderPrecedence.Override => " !",
            HeaderPrecedence.Append => " +",
            _ => "",
        };
        return $"{header.Name}: {header.Value}{mark}";
    }

    private static string Describe(HeaderChange change) =>
        $"{change.Kind.ToString().ToLowerInvariant()} {change.Name}{(change.Value is null ? "" : ": " + change.Value)}";

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? Lines(value.EnumerateArray().Select(static item => item.GetString()!))
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.ToString();

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
