using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching;

/// <content>Responses to POST that later GETs may have (RFC 9110 section 9.3.3).</content>
public sealed partial class HttpCache
{
    // It is read to its end before the client gets it, so that what is stored never hangs on the client's connection.
    private const int LongestPost = 64 * 1024;

    // Such a request is about more than the resource, or its answer is no answer to a plain GET.
    private static readonly string[] Particular =
    [
        "authorization",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "range",
    ];

    private static bool MayKeepPost(CacheRequest request, OriginReply reply) =>
        request is { Method: "POST", NamesItself: { } namesItself, IsUncached: false }
        && reply is { Status: 200, ContentLength: <= LongestPost }
        && FieldLines.Combined(reply.Fields, "content-location") is { } location
        && namesItself(location)
        && !Array.Exists(Particular, name => request.Fields.Get(name) is not null);

    /// <summary>Stores what the origin says a GET would get now.</summary>
    /// <param name="request">The POST.</param>
    /// <param name="reply">Its answer.</param>
    /// <param name="requestTime">When it was sent.</param>
    /// <param name="beganAt">Where the log of purges stands after the POST's own invalidation; nothing else happened since it was sent.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    private async ValueTask<CacheAnswer> KeepPostAsync(
        CacheRequest request,
        OriginReply reply,
        DateTimeOffset requestTime,
        long beganAt,
        CancellationToken cancellationToken
    )
    {
        var status = new CacheStatus(Forward.Method) { ForwardStatus = reply.Status };
        var directives = request.Policy.RequestDirectives(request.Fields);
        var requestFacts = FactsOf(request, directives) with { NeedsExplicitLifetime = true };
        var facts = new ResponseFacts(reply.Status, reply.Fields, requestTime, _clock.GetUtcNow());
        var decision = request.Policy.Judge(requestFacts, facts);
        if (decision.Reason is not NotStored.None)
        {
            return new CacheAnswer { Reply = reply, Status = status };
        }

        var content = new byte[(int)reply.ContentLength!.Value];
        try
        {
            await reply.Body.ReadExactlyAsync(content, cancellationToken);
        }
        catch (Exception exception)
        {
            await reply.DisposeAsync();
            if (exception is not (IOException or HttpRequestException))
            {
                throw;
            }

            return new CacheAnswer { Failure = new FetchFailure(502, "INCOMPLETE_RESPONSE"), Status = status };
        }

        var response = Describe(request.Fields, request.Target, beganAt, facts, decision, ResponseBody.Of(content));
        _store.Put(request.Key, response);
        if (_purges.Position != beganAt)
        {
            // Whatever was purged meanwhile may have looked for this before it was there.
            _store.Remove(request.Key, response);
        }

        var copy = new OriginReply(reply)
        {
            Status = reply.Status,
            Fields = reply.Fields,
            Body = new MemoryStream(content, writable: false),
            ContentLength = content.Length,
        };
        return new CacheAnswer { Reply = copy, Status = status with { Stored = true } };
    }
}
