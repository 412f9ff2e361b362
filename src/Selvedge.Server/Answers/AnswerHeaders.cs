using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Selvedge.Caching.Status;
using Selvedge.Routing;

namespace Selvedge.Server.Answers;

/// <summary>Step 6 of a request's life: puts the routed headers on an answer and what the platform adds to all of them.</summary>
internal static class AnswerHeaders
{
    /// <summary>The header with the request's id.</summary>
    public const string RequestId = "x-vercel-id";

    /// <summary>Adds what every answer carries.</summary>
    public static void Identify(HttpResponse response, string requestId)
    {
        response.Headers.Server = "Selvedge";
        response.Headers[RequestId] = requestId;
    }

    /// <summary>Copies the headers of a function or an origin, without those that stay inside.</summary>
    public static void CopyFrom(HttpResponse response, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            if (!PrivateHeaders.Contains(name))
            {
                response.Headers.Append(name, value);
            }
        }
    }

    /// <summary>
    /// Applies what routing set over what the deployment answered, then its response transforms, then the browser's cache rule.
    /// </summary>
    public static void Finish(HttpResponse response, RouteDecision decision, CacheVerdict verdict)
    {
        FinishExternal(response, decision, verdict);
        if (decision.Target is { } target && !response.Headers.ContainsKey("x-matched-path"))
        {
            response.Headers["x-matched-path"] = HeaderText.EncodePath(target.OutputPath);
        }

        var cacheControl = response.Headers.CacheControl;
        response.Headers.CacheControl = BrowserCacheControl.From(cacheControl.Count == 0 ? null : cacheControl.ToString());
    }

    /// <summary>
    /// The same for another origin's answer, whose <c>Cache-Control</c> goes on as it is: it speaks to every cache on the way.
    /// </summary>
    public static void FinishExternal(HttpResponse response, RouteDecision decision, CacheVerdict verdict)
    {
        Apply(response, decision);
        response.Headers[CacheVerdicts.HeaderName] = verdict.ToHeader();
    }

    /// <summary>Applies what routing set, and nothing else.</summary>
    public static void Apply(HttpResponse response, RouteDecision decision)
    {
        var headers = response.Headers;
        foreach (var routed in decision.ResponseHeaders)
        {
            if (routed.Precedence is HeaderPrecedence.Append)
            {
                headers.Append(routed.Name, HeaderText.ToWire(routed.Value));
            }
            else if (routed.Precedence is HeaderPrecedence.Override || !headers.ContainsKey(routed.Name))
            {
                headers[routed.Name] = HeaderText.ToWire(routed.Value);
            }
        }

        foreach (var change in decision.ResponseTransforms)
        {
            Change(headers, change);
        }

        foreach (var transform in decision.ResponseSelectorTransforms)
        {
            foreach (var name in headers.Keys.Where(name => transform.Selects(name.ToLowerInvariant())).ToList())
            {
                Change(headers, new HeaderChange(transform.Kind, name, transform.Value));
            }
        }
    }

    private static void Change(IHeaderDictionary headers, HeaderChange change)
    {
        switch (change.Kind)
        {
            case HeaderChangeKind.Set:
                headers[change.Name] = change.Value;
                break;
            case HeaderChangeKind.Append:
                headers.Append(change.Name, change.Value);
                break;
            case HeaderChangeKind.Delete when change.Value is null:
                headers.Remove(change.Name);
                break;
            case HeaderChangeKind.Delete:
                headers[change.Name] = new StringValues([
                    .. headers[change.Name]
                        .Where(value => !string.Equals(value, change.Value, StringComparison.OrdinalIgnoreCase)),
                ]);
                break;
        }
    }
}
