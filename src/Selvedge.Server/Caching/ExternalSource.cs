using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Proxy;

namespace Selvedge.Server.Caching;

/// <summary>An external origin as the cache's origin for one request.</summary>
/// <param name="origin">The origin.</param>
/// <param name="policies">The rules, as the settings want them.</param>
/// <param name="request">The request.</param>
/// <param name="decision">What routing decided.</param>
internal sealed class ExternalSource(
    ExternalOrigin origin,
    CachePolicies policies,
    AdmittedRequest request,
    RouteDecision decision
) : WaitingClient(request.Http), IOrigin
{
    /// <inheritdoc/>
    public IOriginCall Compose() =>
        new Call(
            origin,
            policies,
            decision,
            origin.UrlOf(decision),
            SharedRequest.Whole(origin.LinesOf(request, decision)),
            request.RequestId,
            Interim
        );

    /// <inheritdoc/>
    public ValueTask<OriginReply> PassAsync(CancellationToken cancellationToken) =>
        origin.SendAsync(
            ExternalRequest.Pass(request, origin.UrlOf(decision), origin.LinesOf(request, decision)),
            decision,
            request.RequestId,
            Interim,
            cancellationToken
        );

    private sealed class Call(
        ExternalOrigin origin,
        CachePolicies policies,
        RouteDecision decision,
        Uri url,
        IReadOnlyList<KeyValuePair<string, string>> lines,
        string requestId,
        InterimResponses? interim
    ) : IOriginCall
    {
        public IRequestFields Fields { get; } = policies.Selecting(new LineFields(lines));

        public ValueTask<OriginReply> SendAsync(Validators? validators, CancellationToken cancellationToken) =>
            origin.SendAsync(
                ExternalRequest.Get(url, SharedRequest.If(lines, validators)),
                decision,
                requestId,
                interim,
                cancellationToken
            );
    }
}
