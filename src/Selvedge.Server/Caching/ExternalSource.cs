using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Proxy;

namespace Selvedge.Server.Caching;

/// <summary>An external origin as the cache's origin for one request.</summary>
internal sealed class ExternalSource(ExternalOrigin origin, AdmittedRequest request, RouteDecision decision) : IOrigin
{
    /// <inheritdoc/>
    public IOriginCall Compose() =>
        new Call(
            origin,
            decision,
            origin.UrlOf(decision),
            SharedRequest.Whole(origin.LinesOf(request, decision)),
            request.RequestId
        );

    /// <inheritdoc/>
    public ValueTask<OriginReply> PassAsync(CancellationToken cancellationToken) =>
        origin.SendAsync(
            ExternalRequest.Pass(request, origin.UrlOf(decision), origin.LinesOf(request, decision)),
            decision,
            request.RequestId,
            cancellationToken
        );

    private sealed class Call(
        ExternalOrigin origin,
        RouteDecision decision,
        Uri url,
        IReadOnlyList<KeyValuePair<string, string>> lines,
        string requestId
    ) : IOriginCall
    {
        public IRequestFields Fields { get; } = new LineFields(lines);

        public ValueTask<OriginReply> SendAsync(Validators? validators, CancellationToken cancellationToken) =>
            origin.SendAsync(
                ExternalRequest.Get(url, SharedRequest.If(lines, validators)),
                decision,
                requestId,
                cancellationToken
            );
    }
}
