using Selvedge.BuildOutput;
using Selvedge.Prerender;
using Selvedge.Routing;
using Selvedge.Routing.Explain;
using Selvedge.Server.Caching;
using Selvedge.Server.Deployments;

namespace Selvedge.Server.Prerender;

/// <summary>Purges rendered pages by what clients know of them.</summary>
internal sealed class PrerenderPurges(PrerenderCache cache, SitePrerenders prerenders, LiveDeployment deployment)
{
    /// <summary>Purges everything.</summary>
    public void PurgeAll(bool soft) => cache.PurgeAll(soft);

    /// <summary>Purges what was asked for by a URL that begins so.</summary>
    public void PurgePrefix(string url, bool soft) => cache.PurgePrefix(CacheKeys.OfUrl(deployment.Deployment.Id, url)!, soft);

    /// <summary>Purges the page a URL leads to, with its data and whatever else is regenerated with it.</summary>
    /// <remarks>The URL is routed as if middleware let it pass: nothing is called and nobody answered.</remarks>
    public async ValueTask PurgeUrlAsync(string url, bool soft, CancellationToken cancellationToken)
    {
        var revision = deployment.Deployment.Id;
        var key = CacheKeys.OfUrl(revision, url)!;
        var query = key.IndexOf('?', StringComparison.Ordinal);
        cache.PurgeUrl(query < 0 ? key : key[..query], soft);

        var target = key[(revision.Length + 1)..];
        var authorityAt = target.IndexOf("://", StringComparison.Ordinal) + 3;
        var pathAt = target.IndexOf('/', authorityAt);
        var authority = target[authorityAt..pathAt];
        var queryAt = target.IndexOf('?', pathAt);
        var request = new RouteRequest
        {
            Method = "GET",
            Path = queryAt < 0 ? target[pathAt..] : target[pathAt..queryAt],
            Query = queryAt < 0 ? "" : target[(queryAt + 1)..],
            Scheme = target[..(authorityAt - 3)],
            Host = authority.Split(':')[0],
            Headers = NoHeaders.Instance,
        };
        // With a trace nothing is remembered: a client's request for it meets the real middleware.
        var decision = await deployment.Router.RouteAsync(request, new PassingMiddleware(), new RouteTrace(), cancellationToken);
        if (decision.Target is PrerenderAsset prerender)
        {
            var scene = new RenderScene
            {
                Scheme = request.Scheme,
                Authority = authority,
                ClientPath = request.Path,
                Query = decision.Query,
            };
            cache.PurgePage(prerenders.Site, prerender, scene, soft);
        }
    }
}
