using Microsoft.AspNetCore.Http;
using Selvedge.BuildOutput;
using Selvedge.Caching;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Status;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Errors;
using Selvedge.Server.Functions;
using Selvedge.Server.Hits;
using Selvedge.Server.Proxy;

namespace Selvedge.Server.Caching;

/// <summary>Step 4 of a request's life: the cache in front of functions and external origins.</summary>
internal sealed class CachedOrigins(
    HttpCache cache,
    CachePolicies policies,
    FunctionOrigin functionOrigin,
    ExternalOrigin externalOrigin,
    CacheAnswerWriter writer,
    HitRecorder hits
)
{
    /// <summary>Answers from a function, or from what it answered before.</summary>
    /// <returns><see langword="null"/> once the client has its answer; otherwise why there is none, with nothing sent yet.</returns>
    public Task<OriginFailure?> AnswerFunctionAsync(AdmittedRequest request, RouteDecision decision, FunctionBundle bundle)
    {
        if (!functionOrigin.CanRun(request, bundle))
        {
            return Task.FromResult<OriginFailure?>(
                new OriginFailure(StatusCodes.Status501NotImplemented, ErrorCodes.RuntimeNotSupported)
            );
        }

        return AnswerAsync(
            request,
            decision,
            new CacheRequest
            {
                Key = CacheKeys.Of(request),
                Target = $"{bundle.Name} {decision.RequestPath}?{decision.Query}",
                Method = request.Http.Request.Method,
                Fields = new RoutedFields(request, decision, () => FunctionOrigin.Compose(request, decision).Headers),
                HasBody = RequestBody.Of(request.Http) is not null,
                MayWait = !request.IsFromFunction,
                Policy = policies.Functions,
                Origin = new FunctionSource(functionOrigin, request, decision, bundle),
            }
        );
    }

    /// <summary>Answers from an external origin, or from what it answered before.</summary>
    /// <returns><see langword="null"/> once the client has its answer; otherwise why there is none, with nothing sent yet.</returns>
    public async Task<OriginFailure?> AnswerExternalAsync(AdmittedRequest request, RouteDecision decision)
    {
        if (externalOrigin.IsLooping(request, decision))
        {
            return new OriginFailure(StatusCodes.Status508LoopDetected, ErrorCodes.InfiniteLoop);
        }

        if (ExternalRequest.IsWebSocket(request.Http))
        {
            return await AnswerUpgradeAsync(request, decision);
        }

        var key = CacheKeys.Of(request);
        return await AnswerAsync(
            request,
            decision,
            new CacheRequest
            {
                Key = key,
                Target = decision.ExternalUrl!,
                Method = request.Http.Request.Method,
                Fields = policies.Selecting(new RoutedFields(request, decision, () => externalOrigin.LinesOf(request, decision))),
                NamesItself = policies.StoresPost ? location => CacheKeys.OfReference(request, location) == key : null,
                HasBody = RequestBody.Of(request.Http) is not null,
                // A request that comes back must not wait for the fetch that it is a part of.
                IsUncached = !decision.RespectOriginCacheControl || externalOrigin.HasPassed(request),
                Policy = policies.External,
                Origin = new ExternalSource(externalOrigin, policies, request, decision),
            }
        );
    }

    private async Task<OriginFailure?> AnswerUpgradeAsync(AdmittedRequest request, RouteDecision decision)
    {
        if (await externalOrigin.UpgradeAsync(request, decision) is not { } reply)
        {
            return null;
        }

        await using var answer = new CacheAnswer
        {
            Reply = reply.Answered ? reply : null,
            Failure = reply.Failure,
            Status = new CacheStatus(Forward.Bypass),
        };
        if (answer.Failure is { } failure)
        {
            return new OriginFailure(failure.Status, failure.Code);
        }

        await writer.WriteAsync(request, decision, answer);
        return null;
    }

    private async Task<OriginFailure?> AnswerAsync(AdmittedRequest request, RouteDecision decision, CacheRequest cacheRequest)
    {
        await using var answer = await AskAsync(cacheRequest, request.Http.RequestAborted);
        if (answer.Reply is { Status: >= 200 and < 400 } reply && answer.Status.Forward is Forward.Method)
        {
            InvalidateReferences(request, reply, answer.Status.Stored ? cacheRequest.Key : null);
        }

        if (answer.Failure is { } failure)
        {
            return new OriginFailure(failure.Status, failure.Code);
        }

        await writer.WriteAsync(request, decision, answer);
        hits.Sent(request, decision, cacheRequest, answer);
        return null;
    }

    private ValueTask<CacheAnswer> AskAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        var asking = cache.AnswerAsync(request, cancellationToken);
        var client = (WaitingClient)request.Origin;
        // A hit has asked no origin; but a stale answer may have begun a refresh, whose interim responses are for nobody.
        return asking.IsCompletedSuccessfully && !client.Listens ? asking : AwaitAsync(asking, client);

        static async ValueTask<CacheAnswer> AwaitAsync(ValueTask<CacheAnswer> asking, WaitingClient client)
        {
            try
            {
                return await asking;
            }
            finally
            {
                await client.EndWaitAsync();
            }
        }
    }

    // What an unsafe request says it has made or changed (RFC 9111 section 4.4); the cache has seen to the request's own URL.
    private void InvalidateReferences(AdmittedRequest request, OriginReply reply, string? stored)
    {
        if (HttpMethods.IsOptions(request.Http.Request.Method) || HttpMethods.IsTrace(request.Http.Request.Method))
        {
            return;
        }

        foreach (var (name, value) in reply.Fields)
        {
            var refers =
                name.Equals("location", StringComparison.OrdinalIgnoreCase)
                || name.Equals("content-location", StringComparison.OrdinalIgnoreCase);
            if (refers && CacheKeys.OfReference(request, value) is { } key && key != stored)
            {
                cache.Invalidate(key);
            }
        }
    }
}
