using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Status;

namespace Selvedge.Caching;

// Requests that ask the origin for themselves alone, and what their replies teach about those to come.
public sealed partial class HttpCache
{
    private async ValueTask<CacheAnswer> PassAsync(CacheRequest request, Forward forward, CancellationToken cancellationToken)
    {
        var beganAt = _purges.Position;
        var requestTime = _clock.GetUtcNow();
        var reply = await request.Origin.PassAsync(cancellationToken);
        _metrics.Answered(CacheVerdict.Miss, collapsed: false);
        var status = new CacheStatus(forward) { ForwardStatus = reply.Answered ? reply.Status : null };
        if (reply.Failure is { } failure)
        {
            return new CacheAnswer { Failure = failure, Status = status };
        }

        if (!IsSafe(request.Method) && reply.Status is >= 200 and < 400)
        {
            Invalidate(request.Key, out var mark, out var previous);
            if (previous <= beganAt && MayKeepPost(request, reply))
            {
                return await KeepPostAsync(request, reply, requestTime, beganAt, mark, cancellationToken);
            }
        }

        if (forward is Forward.UriMiss or Forward.VaryMiss && request.Method == "GET" && beganAt == _purges.Position)
        {
            var facts = new ResponseFacts(reply.Status, reply.Fields, requestTime, _clock.GetUtcNow());
            var reason = request.Policy.Judge(FactsOf(request, CacheDirectives.None), facts).Reason;
            if (reason is NotStored.None)
            {
                // It has become shareable: the next request fetches for everybody.
                _passMarkers.Remove(MarkerKey(request));
            }
            else if (reason is not NotStored.Status)
            {
                // Still not: what is asked for all the time must not be forgotten in between.
                _passMarkers.Add(MarkerKey(request));
            }
        }

        return new CacheAnswer { Reply = reply, Status = status };
    }
}
