using Selvedge.BuildOutput;
using Selvedge.Functions;

namespace Selvedge.Server.Functions;

/// <summary>Tells the function host how to run what a build output describes.</summary>
internal static class FunctionSpecs
{
    /// <summary>The specification of a bundle.</summary>
    /// <param name="bundle">The function in the build output.</param>
    /// <param name="environment">Variables every function gets, unless its configuration names those it uses; the bundle's own win.</param>
    /// <param name="dataCache">How the function reaches the data cache.</param>
    public static FunctionSpec From(
        FunctionBundle bundle,
        IReadOnlyDictionary<string, string> environment,
        DataCacheAccess? dataCache
    )
    {
        var config = bundle.Config;
        var visible = environment.Where(variable => config.EnvVarsInUse?.Contains(variable.Key, StringComparer.Ordinal) ?? true);
        var merged = new Dictionary<string, string>(visible, StringComparer.Ordinal);
        foreach (var (name, value) in config.Environment)
        {
            merged[name] = value;
        }

        var spec = new FunctionSpec
        {
            Name = bundle.Name,
            Runtime = config.Kind is FunctionKind.Edge ? FunctionRuntime.Edge : FunctionRuntime.Node,
            Directory = bundle.Directory,
            Handler = config.Handler,
            Assets = AssetsOf(config),
            ShouldAddHelpers = config.ShouldAddHelpers,
            UseWebApi = config.UseWebApi,
            AwsLambdaHandler = config.AwsLambdaHandler,
            SupportsResponseStreaming = config.SupportsResponseStreaming,
            Environment = merged,
            DataCache = dataCache,
            MemoryMiB = config.Memory,
            MaxConcurrency = config.MaxConcurrency,
        };
        return config.MaxDuration is { } maxDuration ? spec with { MaxDuration = maxDuration } : spec;
    }

    // A name that is given twice means its first file.
    private static Dictionary<string, string> AssetsOf(FunctionConfig config)
    {
        var assets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, path) in config.Assets)
        {
            assets.TryAdd(name, path);
        }

        return assets;
    }
}
