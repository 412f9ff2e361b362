using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Selvedge.Server.Deployments;
using Selvedge.Server.Loopback;

namespace Selvedge.Server.Admission;

/// <summary>Step 1 of a request's life: takes the snapshot, checks the target, removes what clients may never send.</summary>
internal sealed class RequestAdmission(LiveDeployment deployment, RequestIds requestIds)
{
    /// <summary>Admits a request.</summary>
    /// <returns><see langword="null"/> if its target is not one a site can answer; the caller sends a 400.</returns>
    public AdmittedRequest? Admit(HttpContext http)
    {
        var rawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!RequestTarget.TryParse(rawTarget, out var target))
        {
            return null;
        }

        RemoveReserved(http.Request.Headers, deployment.RevalidationTokens, LoopbackCall.Is(http));
        return new AdmittedRequest
        {
            Http = http,
            Deployment = deployment,
            Target = target,
            RequestId = requestIds.Next(),
        };
    }

    private static void RemoveReserved(IHeaderDictionary headers, RevalidationTokens tokens, bool fromFunction)
    {
        List<string>? found = null;
        foreach (var header in headers)
        {
            if (ReservedHeaders.Contains(header.Key, fromFunction) || IsUnprovenRevalidation(header, headers, tokens))
            {
                (found ??= []).Add(header.Key);
            }
        }

        foreach (var name in found ?? [])
        {
            headers[name] = StringValues.Empty;
        }
    }

    // On-demand revalidation headers count only together with a prerender's own token.
    private static bool IsUnprovenRevalidation(
        KeyValuePair<string, StringValues> header,
        IHeaderDictionary headers,
        RevalidationTokens tokens
    ) =>
        header.Key.StartsWith("x-prerender-", StringComparison.OrdinalIgnoreCase)
        && !tokens.Accepts(headers["x-prerender-revalidate"].ToString());
}
