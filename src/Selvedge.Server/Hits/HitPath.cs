using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Selvedge.Caching;
using Selvedge.Caching.Storage;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Caching;
using Selvedge.Server.Pipeline;
using Selvedge.Server.Turns;
using Log = Selvedge.Server.Pipeline.Log;

namespace Selvedge.Server.Hits;

/// <summary>The short way through a request's life: what is in memory is answered where it was asked for.</summary>
/// <remarks>
/// <code>
/// request ─▶ 1 plain? ─▶ 2 known? ─▶ 3 held, and fresh? ─▶ 4 answer
///               └────────────┴───────────┴─ no ─▶ leave the polling thread ─▶ the whole way
/// </code>
/// It answers nothing of its own accord: <see cref="RequestPipeline"/> has answered the same request with the same thing before, and
/// <see cref="HitRecorder"/> has noted that its answer was one for everybody. What cannot be seen at once goes the whole way, so that
/// there is one place for every rule.
/// </remarks>
internal sealed class HitPath(
    KnownRequests knownRequests,
    HttpCache cache,
    CachePolicies policies,
    RequestIds requestIds,
    ILogger<RequestPipeline> logger
)
{
    /// <summary>Answers one request, or hands it on.</summary>
    /// <param name="http">The request.</param>
    /// <param name="next">The whole way.</param>
    public Task InvokeAsync(HttpContext http, RequestDelegate next) =>
        TryAnswer(http, out var answering) ? answering : PoolBound.InvokeAsync(http, next);

    /// <summary>Begins an answer; if it returns <see langword="false"/>, nothing has happened.</summary>
    private bool TryAnswer(HttpContext http, out Task answering)
    {
        answering = Task.CompletedTask;

        // 1. A request that wants a resource and nothing besides.
        var request = http.Features.GetRequiredFeature<IHttpRequestFeature>();
        if (!PlainRequest.Is(request))
        {
            return false;
        }

        // 2. Admission and routing have seen its like.
        var headers = request.Headers;
        var known = knownRequests.Find(headers.Host.ToString(), request.RawTarget);
        if (known is null || !known.Fits(request.Scheme, headers))
        {
            return false;
        }

        // 3. A file that is kept is always fresh; a response in the cache must be so at this moment.
        if (known.File is not null)
        {
            answering = SendAsync(http, known, known.Sent!, stored: null, age: default);
            return true;
        }

        var plain = new PlainFields(headers);
        var fields = known.Decision.Outcome is RouteOutcome.External ? policies.Selecting(plain) : plain;
        if (
            cache.FindFresh(known.CacheKey, known.CacheTarget, fields, out var age) is not { } stored
            || plain.Failed
            || PreparedFields.Of(stored).Sent is not { } sent
            || sent.Decision != known.Decision
        )
        {
            return false;
        }

        cache.Sent(known.CacheKey, stored);
        answering = SendAsync(http, known, sent, stored, age);
        return true;
    }

    // 4. The answer, as it was sent before, with what concerns this request alone.
    private Task SendAsync(HttpContext http, KnownRequest known, SentFields sent, StoredResponse? stored, TimeSpan age)
    {
        var headers = http.Features.GetRequiredFeature<IHttpResponseFeature>().Headers;
        sent.CopyTo(headers);
        if (stored is not null)
        {
            sent.AddTimes(headers, age, stored.Freshness.TimeToLive(age));
        }

        var requestId = requestIds.Next();
        headers[AnswerHeaders.RequestId] = requestId;
        var body = stored is null ? known.File!.Content : stored.Body.InOnePiece.GetValueOrDefault();
        headers.ContentLength = body.Length;
        // A client that has gone shows itself by a flush that says so, and there is nothing left to do for it.
        var sending = http
            .Features.GetRequiredFeature<IHttpResponseBodyFeature>()
            .Writer.WriteAsync(body, CancellationToken.None);
        Log.Answered(logger, HttpMethods.Get, known.Path, StatusCodes.Status200OK, requestId);
        return sending.IsCompletedSuccessfully ? Task.CompletedTask : sending.AsTask();
    }
}
