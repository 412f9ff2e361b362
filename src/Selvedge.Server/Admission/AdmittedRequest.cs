using Microsoft.AspNetCore.Http;
using Selvedge.Server.Deployments;
using Selvedge.Server.Loopback;

namespace Selvedge.Server.Admission;

/// <summary>A request that passed admission, with the deployment that answers it to the end.</summary>
internal sealed class AdmittedRequest
{
    /// <summary>The connection's view of the request.</summary>
    public required HttpContext Http { get; init; }

    /// <summary>The snapshot of what is being served; a later deploy does not change it.</summary>
    public required LiveDeployment Deployment { get; init; }

    /// <summary>Path and query as the client encoded them.</summary>
    public required RequestTarget Target { get; init; }

    /// <summary>The value of <c>x-vercel-id</c> on the way in and out.</summary>
    public required string RequestId { get; init; }

    /// <summary>Whether a function of the site asks, and not a client.</summary>
    public bool IsFromFunction => LoopbackCall.Is(Http);

    /// <summary>The host the client named, lower case and without port: what routing compares.</summary>
    public string HostName => Http.Request.Host.Host.ToLowerInvariant();

    /// <summary>What the platform tells functions about the client: <c>x-forwarded-*</c> and its kin.</summary>
    public ClientIdentity Client => field ??= ClientIdentity.Of(Http);
}
