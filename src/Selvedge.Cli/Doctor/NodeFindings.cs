using Selvedge.Functions.Isolation;
using Selvedge.Functions.Runtimes;
using Selvedge.Server.Configuration;

namespace Selvedge.Cli.Doctor;

/// <summary>What functions would run on, and in.</summary>
internal static class NodeFindings
{
    /// <summary>Looks at the Node.js that a server would use, and at the sandbox.</summary>
    /// <param name="options">The settings of functions.</param>
    /// <param name="projectRoot">The project.</param>
    /// <param name="needed">Whether there is a site, whose functions need it.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public static async Task<IReadOnlyList<Finding>> OfAsync(
        FunctionOptions options,
        string projectRoot,
        bool needed,
        CancellationToken cancellationToken
    )
    {
        var (node, fault) = await NodeCheck.FindAsync(options, projectRoot, cancellationToken);
        if (node is null)
        {
            return [new Finding("node", needed ? Verdict.Fault : Verdict.Warning, fault!)];
        }

        return [.. OfVersion(node, projectRoot), await OfSandboxAsync(options, node, cancellationToken)];
    }

    /// <summary>Says which Node.js it is and why, and whether another would do better.</summary>
    public static IEnumerable<Finding> OfVersion(NodeRuntime node, string projectRoot)
    {
        var reason = node.Source switch
        {
            NodeSource.Setting => "Functions:NodePath names it",
            NodeSource.Project => "the project has it installed",
            _ => "it is the first in PATH",
        };
        var what = $"{node.Version} at {node.Path}, because {reason}";
        if (node.Version.Major > NodeRuntime.NewestMajor)
        {
            yield return Finding.Warning(
                "node",
                $"{what}. It is newer than {NodeRuntime.NewestMajor}, the newest that is tested."
            );
        }
        else if (node.Version.Major % 2 != 0)
        {
            yield return Finding.Warning("node", $"{what}. Odd versions get no fixes after half a year; {Advice(node.Source)}.");
        }
        else if (node.Version.Major < NodeRuntime.NewestMajor)
        {
            yield return Finding.Warning("node", $"{what}. {NodeRuntime.NewestMajor} is faster; {Advice(node.Source)}.");
        }
        else
        {
            yield return Finding.Ok("node", what);
        }

        if (node.Source is NodeSource.Setting && NodeCandidates.OfProject(projectRoot) is { } own && own != node.Path)
        {
            yield return Finding.Warning(
                "node",
                $"The project has a Node.js of its own at {own}, which is not used; empty Functions:NodePath to use it."
            );
        }
    }

    private static string Advice(NodeSource source) =>
        source is NodeSource.Setting
            ? "name one in Functions:NodePath"
            : $"`npm install node@{NodeRuntime.NewestMajor}` in the project installs one, and it is used then";

    private static async Task<Finding> OfSandboxAsync(
        FunctionOptions options,
        NodeRuntime node,
        CancellationToken cancellationToken
    )
    {
        const string check = "sandbox";
        var obstacle = await NodeCheck.ProbeAsync(options, node, cancellationToken);
        return (options.Isolation, obstacle) switch
        {
            (FunctionIsolation.Sandbox, null) => Finding.Ok(check, "functions run in sandboxes, and they can be made"),
            (FunctionIsolation.Sandbox, _) => Finding.Fault(check, obstacle),
            (_, null) => Finding.Ok(check, "off; sandboxes can be made here: Functions:Isolation=sandbox turns them on"),
            _ => Finding.Ok(check, $"off. {obstacle}"),
        };
    }
}
