using Selvedge.BuildOutput;
using Selvedge.Functions.Isolation;
using Selvedge.Functions.Runtimes;
using Selvedge.Server.Configuration;

namespace Selvedge.Cli;

/// <summary>Finds out at start, and not at the first request, whether functions have what they run on.</summary>
internal static class NodeCheck
{
    private static string? SearchPath => Environment.GetEnvironmentVariable("PATH");

    /// <summary>Chooses the Node.js for a deployment, and tries the isolation that the settings ask for.</summary>
    /// <returns>The Node.js, or what is wrong; neither if the deployment has no functions.</returns>
    public static async Task<(NodeRuntime? Node, SettingFault? Fault)> ChooseAsync(
        Deployment deployment,
        FunctionOptions options,
        CancellationToken cancellationToken
    )
    {
        if (!deployment.Bundles.Any(static bundle => bundle.Config.Kind is FunctionKind.Node or FunctionKind.Edge))
        {
            return (null, null);
        }

        var (node, fault) = await FindAsync(options, deployment.ProjectRoot, cancellationToken);
        if (node is null)
        {
            return (null, new SettingFault($"Functions:{nameof(FunctionOptions.NodePath)}", fault!));
        }

        return
            options.Isolation is FunctionIsolation.Sandbox && await ProbeAsync(options, node, cancellationToken) is { } obstacle
            ? (null, new SettingFault($"Functions:{nameof(FunctionOptions.Isolation)}", obstacle))
            : (node, null);
    }

    /// <summary>Chooses the Node.js, as a server for that project does.</summary>
    public static Task<(NodeRuntime? Runtime, string? Fault)> FindAsync(
        FunctionOptions options,
        string? projectRoot,
        CancellationToken cancellationToken
    ) => NodeRuntime.FindAsync(options.NodePath, projectRoot, SearchPath, TimeProvider.System, cancellationToken);

    /// <summary>Tries to make a sandbox.</summary>
    /// <returns>Why it cannot be done; <see langword="null"/> if it can.</returns>
    public static Task<string?> ProbeAsync(FunctionOptions options, NodeRuntime node, CancellationToken cancellationToken) =>
        SandboxProbe.FindFaultAsync(
            new SandboxOptions { BubblewrapPath = options.BubblewrapPath, Network = options.SandboxNetwork },
            node.Path,
            SearchPath,
            TimeProvider.System,
            cancellationToken
        );
}
