using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Selvedge.Caching;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Status;
using Selvedge.Routing;
using Selvedge.Routing.Memory;
using Selvedge.Server.Admission;
using Selvedge.Server.Caching;
using Selvedge.Server.Pipeline;
using Selvedge.Server.Static;

namespace Selvedge.Server.Hits;

/// <summary>
/// Sees the answers that <see cref="RequestPipeline"/> has just given from memory, and notes those that <see cref="HitPath"/> can repeat.
/// </summary>
/// <remarks>What may be repeated is decided here, once; whether it still holds, there, each time.</remarks>
internal sealed class HitRecorder(KnownRequests known)
{
    // Longer bodies are sent piece by piece, which is none of the polling thread's business.
    private const int LongestBody = 64 * 1024;

    /// <summary>A file was sent whole.</summary>
    public void Sent(AdmittedRequest request, RouteDecision decision, StaticFile file)
    {
        if (
            file.Content is null or { Length: > LongestBody }
            || RecollectionOf(request, decision) is not { } recollection
            || SentFields.Of(request.Http.Response.Headers, decision, isDated: false) is not { } sent
        )
        {
            return;
        }

        Put(request, new KnownRequest(request, recollection) { File = file, Sent = sent });
    }

    /// <summary>An answer of the cache was sent whole.</summary>
    public void Sent(AdmittedRequest request, RouteDecision decision, CacheRequest asked, CacheAnswer answer)
    {
        if (
            answer.Verdict is not CacheVerdict.Hit
            || answer.Stored is not { Body.InOnePiece.Length: <= LongestBody } stored
            || !stored.Variance.Names.All(RoutedFields.IsSentOn)
            || RecollectionOf(request, decision) is not { } recollection
            || SentFields.Of(request.Http.Response.Headers, decision, FieldLines.Has(stored.Fields, "date")) is not { } sent
        )
        {
            return;
        }

        PreparedFields.Of(stored).Sent = sent;
        Put(request, new KnownRequest(request, recollection) { CacheKey = asked.Key, CacheTarget = asked.Target });
    }

    /// <summary>What routing remembers of a request whose answer any request like it would get; otherwise <see langword="null"/>.</summary>
    private static Recollection? RecollectionOf(AdmittedRequest request, RouteDecision decision)
    {
        var http = request.Http;
        return
            http.Response.StatusCode == StatusCodes.Status200OK
            && PlainRequest.Is(http.Features.GetRequiredFeature<IHttpRequestFeature>())
            && !request.IsFromFunction
            && decision.RequestHeaders.Count == 0
            && decision.Faults.Count == 0
            && request.Deployment.Router.Recall(RoutedRequests.From(request)) is { } recollection
            && ReferenceEquals(recollection.Decision, decision)
            // Admission removes these, and the short way has no admission.
            && !recollection.Headers.Any(IsRemoved)
            ? recollection
            : null;
    }

    private static bool IsRemoved(string name) =>
        ReservedHeaders.Contains(name) || name.StartsWith("x-prerender-", StringComparison.OrdinalIgnoreCase);

    private void Put(AdmittedRequest request, KnownRequest described) =>
        known.Put(
            request.Http.Request.Headers.Host.ToString(),
            request.Http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            described
        );
}
