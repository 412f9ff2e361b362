using Microsoft.AspNetCore.Http;
using Selvedge.Caching;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Status;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;

namespace Selvedge.Server.Streams.Edge;

/// <summary>Answers GET: a page of what is there, or a live read. The reader's right to it has been checked.</summary>
/// <remarks>
/// <code>
/// request ─▶ 1 of the cache's concern? ─▶ 2 the incarnation ─▶ 3 what is asked for ─┬─▶ 4 at the tail: the origin ─────────────────┬─▶ 6 answer
///            └─▶ sse, debug: no verdict                                             └─▶ 5 the cache, or the origin through it ─────┘
/// </code>
/// The incarnation is looked up before the cache, in memory: so a delete, a close, an expiry and a new stream of the same name hold from
/// the moment they are acknowledged.
/// </remarks>
internal sealed class ReadHandler(
    ReadAdmission admission,
    StreamOrigin origin,
    StreamEdge? edge,
    SharedReads reads,
    LiveReaders readers,
    SseHandler sse,
    StreamMetrics metrics,
    StreamOptions options
)
{
    private const string DebugHeader = "X-Debug-Coalesce";

    public Task HandleAsync(HttpContext http, StreamName name, StreamGrant grant)
    {
        // 1. Of the cache's concern?
        var isDebug = options.DebugCoalesce && http.Request.Headers.ContainsKey(DebugHeader);
        if (isDebug)
            return WriteCountAsync(http, name, grant);
        var isSse = ReadRequest.IsSse(http.Request.QueryString);
        if (isSse)
            return sse.HandleAsync(http, name, grant);
        return edge is not null && StreamPolicy.IsCacheable(http.Request.Method, isSse, isDebug)
            ? AnswerThroughCacheAsync(http, name, grant)
            : AnswerAsync(http, name, grant, isReload: false);
    }

    private async Task AnswerThroughCacheAsync(HttpContext http, StreamName name, StreamGrant grant)
    {
        var isReload = StreamPolicy.IsReload(http.Request.Headers.CacheControl);
        var verdict = isReload ? ReadVerdict.Bypass : ReadVerdict.Miss;
        http.Response.Headers[ReadAnswer.VerdictHeader] = isReload ? "BYPASS" : "MISS";
        if (await AnswerAsync(http, name, grant, isReload) && !isReload)
            verdict = ReadVerdict.Hit;
        metrics.ReadAnswered(verdict);
    }

    /// <summary>Answers.</summary>
    /// <returns>Whether the cache had the answer.</returns>
    private async Task<bool> AnswerAsync(HttpContext http, StreamName name, StreamGrant grant, bool isReload)
    {
        // 2. and 3.
        var (stream, read) = await admission.AdmitAsync(http, name, grant);
        if (stream is null)
            return false;
        return read.Live is LiveMode.LongPoll
            ? await PollAsync(http, stream, read, isReload)
            : await ReadAsync(http, stream, read, isReload);
    }

    private async Task<bool> ReadAsync(HttpContext http, StreamInfo stream, ReadRequest read, bool isReload)
    {
        // 4. At the tail the answer may be another one after the next append, so that the cache could not keep it; who asks at the same
        // time still shares one read of the store.
        if (edge is null || read.From.IsNow || !origin.IsSettled(stream, read.From.Position))
        {
            var reply = await origin.ReadAsync(stream.Name, stream.Id, read.From, validators: null, http.RequestAborted);
            if (edge is not null)
                http.Response.Headers[CacheStatus.FieldName] = PassedBy(isReload);
            await ReadAnswer.WriteAsync(http, reply, read, stream);
            return false;
        }

        // 5. The cache.
        await using var answer = await edge.AnswerAsync(stream, read, isReload, http.RequestAborted);
        return await FinishAsync(http, answer, stream, read, isReload);
    }

    private async Task<bool> PollAsync(HttpContext http, StreamInfo stream, ReadRequest read, bool isReload)
    {
        if (!readers.TryEnter())
        {
            await StreamError.Busy.WriteAsync(http);
            return false;
        }

        CacheAnswer answer;
        try
        {
            answer = edge is null
                ? await AskAloneAsync(stream, read, http.RequestAborted)
                : await edge.AnswerAsync(stream, read, isReload, http.RequestAborted);
        }
        finally
        {
            readers.Leave();
        }

        await using (answer)
            return await FinishAsync(http, answer, stream, read, isReload);
    }

    // 6. The answer.
    private static async Task<bool> FinishAsync(
        HttpContext http,
        CacheAnswer answer,
        StreamInfo stream,
        ReadRequest read,
        bool isReload
    )
    {
        var isHit = ReadAnswer.IsHit(answer);
        if (isHit && !isReload)
            http.Response.Headers[ReadAnswer.VerdictHeader] = "HIT";
        await ReadAnswer.WriteAsync(http, answer, read, stream);
        return isHit;
    }

    private async ValueTask<CacheAnswer> AskAloneAsync(
        StreamInfo stream,
        ReadRequest read,
        CancellationToken cancellationToken
    ) =>
        new()
        {
            Reply = await new StreamSource(origin, stream, read).PassAsync(cancellationToken),
            Status = new CacheStatus(Forward.Bypass),
        };

    private async Task WriteCountAsync(HttpContext http, StreamName name, StreamGrant grant)
    {
        var (stream, _) = await admission.AdmitAsync(http, name, grant);
        if (stream is null)
            return;
        http.Response.Headers.CacheControl = StreamAnswer.NoStore;
        await JsonAnswer.WriteAsync(
            http.Response,
            json => json.WriteNumber("internalReads", reads.CountOf(stream.Id)),
            http.RequestAborted
        );
    }

    private static string PassedBy(bool isReload) =>
        isReload ? "Selvedge; fwd=request; detail=Tail" : "Selvedge; fwd=bypass; detail=Tail";
}
