using Selvedge.BuildOutput;
using Selvedge.Functions;

namespace Selvedge.Server.Functions;

/// <summary>Tells the function host how to run what a build output describes.</summary>
internal static class FunctionSpecs
{
    /// <summary>The specification of a bundle.</summary>
    /// <param name="bundle">The function in the build output.</param>
    /// <param name="environment">Variables every function gets; the bundle's own win.</param>
    public static FunctionSpec From(FunctionBundle bundle, IReadOnlyDictionary<string, string> environment)
    {
        var config = bundle.Config;
        var merged = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (var (name, value) in config.Environment)
        {
            merged[name] = value;
        }

        var spec = new FunctionSpec
        {
            Name = bundle.Name,
            Directory = bundle.Directory,
            Handler = config.Handler,
            ShouldAddHelpers = config.ShouldAddHelpers,
            UseWebApi = config.UseWebApi,
            AwsLambdaHandler = config.AwsLambdaHandler,
            SupportsResponseStreaming = config.SupportsResponseStreaming,
            Environment = merged,
            MemoryMiB = config.Memory,
            MaxConcurrency = config.MaxConcurrency,
        };
        return config.MaxDuration is { } maxDuration ? spec with { MaxDuration = maxDuration } : spec;
    }
}
