using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Prerender;
using Selvedge.Routing;
using Selvedge.Server.Configuration;
using Selvedge.Server.Deployments;
using Selvedge.Server.Functions;

namespace Selvedge.Server.Prerender;

/// <summary>What a deployment's prerenders need beside what the build output says. Immutable.</summary>
internal sealed class SitePrerenders
{
    private readonly FrozenDictionary<PrerenderAsset, RequestConditions> _bypassConditions;

    public SitePrerenders(
        LiveDeployment deployment,
        FunctionOrigin functionOrigin,
        PrerenderCache cache,
        DataOptions data,
        ILogger<SitePrerenders> logger
    )
    {
        var prerenders = deployment.Deployment.Prerenders;
        Site = new PrerenderSite(
            deployment.Deployment.Id,
            prerenders,
            new FunctionRenderer(deployment, functionOrigin, data.TellRevalidatedTags)
        );
        _bypassConditions = prerenders
            .Where(prerender => prerender.Config.BypassFor.Count > 0)
            .ToFrozenDictionary(prerender => prerender, prerender => Compile(prerender, logger));
        cache.Add(Site);
    }

    /// <summary>The prerenders.</summary>
    public PrerenderSite Site { get; }

    /// <summary>The conditions under which a request goes to the function directly; <see langword="null"/> if there are none.</summary>
    public RequestConditions? BypassConditionsOf(PrerenderAsset prerender) => _bypassConditions.GetValueOrDefault(prerender);

    private static RequestConditions Compile(PrerenderAsset prerender, ILogger logger)
    {
        var faults = new List<string>();
        var conditions = RequestConditions.Compile(prerender.Config.BypassFor, new RoutingOptions(), faults);
        foreach (var fault in faults)
        {
            Log.ConditionUnusable(logger, prerender.OutputPath, fault);
        }

        return conditions;
    }
}
