using Selvedge.Server.Configuration;

namespace Selvedge.Cli.Doctor;

/// <summary>Everything that <c>selvedge doctor</c> looks at. It changes nothing.</summary>
internal static class Checkup
{
    /// <summary>Looks at what a server with these settings would find.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(SelvedgeOptions options, CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(options.Directory);
        var hasSite = Deployments.IsBuildOutput(directory);
        return
        [
            hasSite
                ? Finding.Ok("site", $"a build output in {directory}; `selvedge inspect` says what it holds")
                : Finding.Ok("site", $"no build output in {directory}, so there are streams alone"),
            .. await NodeFindings.OfAsync(options.Functions, Settings.ProjectRootOf(options), hasSite, cancellationToken),
            MachineFindings.OfDataDirectory(options.DataDirectory),
            .. MachineFindings.OfPorts(options.Urls),
            .. MachineFindings.OfPorts(options.Http2Urls),
            .. MachineFindings.OfPorts(options.Admin.Urls),
            .. MachineFindings.OfOpenFiles(),
            MachineFindings.OfMemory(options),
            MachineFindings.OfTemporaryDirectory(Path.GetTempPath()),
            MachineFindings.OfSignatures(),
            .. OfHosts(options, hasSite),
        ];
    }

    // A site that others reach by a name the server does not know renders pages for every name they make up, and has functions that
    // call it over the network.
    private static IEnumerable<Finding> OfHosts(SelvedgeOptions options, bool hasSite)
    {
        if (hasSite && options.Hosts.Count == 0 && (options.TrustedProxies.Count > 0 || !options.ListensOnLoopbackOnly()))
        {
            yield return Finding.Warning(
                "hosts",
                "others reach this site, and Hosts does not name it: it renders pages for any host that a client makes up, and its functions"
                    + " reach it over the network alone."
            );
        }
    }
}
