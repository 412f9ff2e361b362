using System.Collections.Frozen;
using Selvedge.BuildOutput;
using Selvedge.Functions;
using Selvedge.Routing;
using Selvedge.Server.Functions;
using Selvedge.Server.Images;
using Selvedge.Server.Static;

namespace Selvedge.Server.Deployments;

/// <summary>A deployment with what it takes to answer requests from it. Immutable; a request keeps one from start to end.</summary>
internal sealed class LiveDeployment
{
    private readonly FrozenDictionary<FunctionBundle, FunctionSpec> _specs;
    private readonly FrozenDictionary<StaticAsset, StaticFile> _files;

    /// <summary>Makes a deployment ready to serve.</summary>
    /// <param name="deployment">What the build output holds.</param>
    /// <param name="environment">Variables every function gets, below what its own configuration says.</param>
    /// <param name="dataCacheOf">How a function, by its name, reaches the data cache; <see langword="null"/> without one.</param>
    public LiveDeployment(
        Deployment deployment,
        IReadOnlyDictionary<string, string> environment,
        Func<string, DataCacheAccess>? dataCacheOf = null
    )
    {
        Deployment = deployment;
        Router = new Router(deployment.Routes, deployment.Outputs);
        RevalidationTokens = new RevalidationTokens(
            deployment.Prerenders.Select(prerender => prerender.Config.BypassToken).OfType<string>()
        );
        _specs = deployment.Bundles.ToFrozenDictionary(
            bundle => bundle,
            bundle => FunctionSpecs.From(bundle, environment, dataCacheOf?.Invoke(bundle.Name))
        );
        Images = deployment.Images is { } images ? new ImagePolicy(images) : null;
        _files = deployment.StaticAssets.ToFrozenDictionary(asset => asset, asset => new StaticFile(asset));
    }

    /// <summary>What the build output holds.</summary>
    public Deployment Deployment { get; }

    /// <summary>Decides where a request goes.</summary>
    public Router Router { get; }

    /// <summary>Whether any route names middleware.</summary>
    public bool HasMiddleware => Deployment.Routes.MiddlewarePaths.Count > 0;

    /// <summary>The tokens that prove an on-demand revalidation.</summary>
    public RevalidationTokens RevalidationTokens { get; }

    /// <summary>Which images pages may ask for by URL; <see langword="null"/> if none.</summary>
    public ImagePolicy? Images { get; }

    /// <summary>What is prepared for sending an asset.</summary>
    public StaticFile FileOf(StaticAsset asset) => _files[asset];

    /// <summary>How to run a bundle.</summary>
    public FunctionSpec SpecOf(FunctionBundle bundle) => _specs[bundle];

    /// <summary>How to run each of its functions.</summary>
    public IEnumerable<FunctionSpec> Functions => _specs.Values;
}
