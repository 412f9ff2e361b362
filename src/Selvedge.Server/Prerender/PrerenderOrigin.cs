using Selvedge.BuildOutput;
using Selvedge.Prerender;
using Selvedge.Prerender.Entries;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Caching;
using Selvedge.Server.Errors;
using Selvedge.Server.Functions;

namespace Selvedge.Server.Prerender;

/// <summary>Steps 4 and 5 of a request's life for a prerender: what was rendered before, or its function.</summary>
internal sealed class PrerenderOrigin(
    PrerenderCache cache,
    SitePrerenders prerenders,
    FunctionOrigin functionOrigin,
    CacheAnswerWriter writer,
    PostponedAnswer postponed
)
{
    /// <summary>Answers a request that routing has sent to a prerender.</summary>
    /// <returns><see langword="null"/> once the client has its answer; otherwise why there is none, with nothing sent yet.</returns>
    public async Task<OriginFailure?> AnswerAsync(AdmittedRequest request, RouteDecision decision, PrerenderAsset prerender)
    {
        if (!functionOrigin.CanRun(request, prerender.Bundle))
        {
            return new OriginFailure(501, ErrorCodes.RuntimeNotSupported);
        }

        if (PrerenderBypass.Applies(request, decision, prerender, prerenders.BypassConditionsOf(prerender)))
        {
            return await functionOrigin.AnswerAsync(request, decision, prerender.Bundle);
        }

        var demanded = new PrerenderRequest(
            prerenders.Site,
            prerender,
            RenderScenes.Of(request, decision, prerender),
            PrerenderDemands.Of(request.Http.Request, prerender)
        )
        {
            MayFollow = !request.IsFromFunction,
        };
        await using var answer = await cache.AnswerAsync(demanded, request.Http.RequestAborted);
        if (answer.Failure == PrerenderCache.RenderForOne)
        {
            return await functionOrigin.AnswerAsync(request, decision, prerender.Bundle);
        }

        if (answer.Failure is { } failure)
        {
            return new OriginFailure(failure.Status, failure.Code);
        }

        if (answer.Stored is PrerenderEntry { Postponed: not null } && prerender.Config.Chain is not null)
        {
            await postponed.WriteAsync(request, decision, answer, prerender);
        }
        else
        {
            await writer.WriteAsync(request, decision, answer);
        }

        return null;
    }
}
