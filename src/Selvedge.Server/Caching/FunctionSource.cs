using Microsoft.AspNetCore.Http;
using Selvedge.BuildOutput;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Functions;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Functions;

namespace Selvedge.Server.Caching;

/// <summary>A function as the cache's origin for one request.</summary>
internal sealed class FunctionSource(
    FunctionOrigin origin,
    AdmittedRequest request,
    RouteDecision decision,
    FunctionBundle bundle
) : WaitingClient(request.Http), IOrigin
{
    /// <inheritdoc/>
    public IOriginCall Compose()
    {
        var call = FunctionOrigin.Compose(request, decision, Interim);
        return new Call(origin, request.Deployment.SpecOf(bundle), decision, call, SharedRequest.Whole(call.Headers));
    }

    /// <inheritdoc/>
    public ValueTask<OriginReply> PassAsync(CancellationToken cancellationToken) =>
        origin.SendAsync(
            request.Deployment.SpecOf(bundle),
            decision,
            FunctionOrigin.Compose(request, decision, Interim, IsPassedOn),
            cancellationToken
        );

    // What an unsafe method answers may change what is kept, memory and disk.
    private bool IsPassedOn => HttpMethods.IsGet(request.Http.Request.Method) || HttpMethods.IsHead(request.Http.Request.Method);

    private sealed class Call(
        FunctionOrigin origin,
        FunctionSpec spec,
        RouteDecision decision,
        FunctionRequest composed,
        IReadOnlyList<KeyValuePair<string, string>> lines
    ) : IOriginCall
    {
        public IRequestFields Fields { get; } = new LineFields(lines);

        public ValueTask<OriginReply> SendAsync(Validators? validators, CancellationToken cancellationToken) =>
            origin.SendAsync(
                spec,
                decision,
                new FunctionRequest
                {
                    Method = "GET",
                    Target = composed.Target,
                    Headers = SharedRequest.If(lines, validators),
                    RequestId = composed.RequestId,
                    Interim = composed.Interim,
                },
                cancellationToken
            );
    }
}
