using System.Collections.Concurrent;
using Selvedge.BuildOutput;
using Selvedge.Caching.Origins;
using Selvedge.Functions;
using Selvedge.Prerender;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Deployments;
using Selvedge.Server.Functions;

namespace Selvedge.Server.Prerender;

/// <summary>Renders a deployment's prerenders with its functions, which see a call of the platform and no visitor.</summary>
internal sealed class FunctionRenderer(LiveDeployment deployment, FunctionOrigin functionOrigin, bool tellsRevalidatedTags)
    : IRenderer
{
    // Frameworks hand the client's address to pages without asking whether there is a client.
    private const string NoClient = "127.0.0.1";

    // Asks the function host for a partial page together with the state that completes it.
    private const string CacheEntryHeader = "x-vercel-internal-cache-entry";

    private readonly ConcurrentDictionary<PrerenderAsset, string> _matchedPaths = new();

    /// <inheritdoc/>
    public ValueTask<OriginReply> RenderAsync(RenderOrder order, CancellationToken cancellationToken)
    {
        var spec = deployment.SpecOf(order.Prerender.Bundle);
        return functionOrigin.SendAsync(spec, decision: null, Compose(order), cancellationToken);
    }

    private FunctionRequest Compose(RenderOrder order)
    {
        var scene = order.Scene;
        var config = order.Prerender.Config;
        var headers = OutboundHeaders.Of(scene.Headers).Identify(ClientOf(scene), order.InvocationId);
        headers.Set("x-invocation-id", order.InvocationId);
        headers.Set("x-matched-path", _matchedPaths.GetOrAdd(order.Prerender, MatchedPathOf));
        if (scene.RouteMatches is { Length: > 0 } matches)
        {
            headers.Set("x-now-route-matches", matches);
        }
        else if (config.Chain is not null && order.Prerender.OutputPath.Contains('[', StringComparison.Ordinal))
        {
            // Empty, it asks Next.js for the shell that all pages of a route share.
            headers.Set("x-now-route-matches", "");
        }

        if (config.Chain is not null)
        {
            headers.Set(CacheEntryHeader, "1");
        }

        if (order.OnDemand && config.BypassToken is { } token)
        {
            headers.Set(PrerenderDemands.TokenHeader, token);
        }

        if (tellsRevalidatedTags)
        {
            RevalidatedTags.Tell(headers, order.RevalidatedTags, config.BypassToken);
        }

        var path = HeaderText.EncodePath(order.Prerender.OutputPath);
        return new FunctionRequest
        {
            Method = "GET",
            Target = config.PassQuery && order.Query.Length > 0 ? $"{path}?{order.Query}" : path,
            Headers = headers.Lines,
            RequestId = order.InvocationId,
        };
    }

    private static ClientIdentity ClientOf(RenderScene scene)
    {
        var colon = scene.Authority.LastIndexOf(':');
        var port =
            colon > scene.Authority.LastIndexOf(']') && int.TryParse(scene.Authority.AsSpan(colon + 1), out var number)
                ? number
                : (scene.Scheme == "https" ? 443 : 80);
        return new ClientIdentity(NoClient, scene.Scheme, scene.Authority, port);
    }

    // Hit routes compute the path the framework knows the page by: the output path without basePath.
    private string MatchedPathOf(PrerenderAsset prerender)
    {
        var request = new RouteRequest
        {
            Method = "GET",
            Path = HeaderText.EncodePath(prerender.OutputPath),
            Headers = NoHeaders.Instance,
        };
        var decision = deployment.Router.RouteHit(request, prerender);
        var routed = decision.ResponseHeaders.LastOrDefault(header => header.Name == "x-matched-path").Value;
        return HeaderText.EncodePath(routed ?? prerender.OutputPath);
    }
}
