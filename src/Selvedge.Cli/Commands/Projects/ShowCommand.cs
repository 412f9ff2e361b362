using System.CommandLine;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects show NAME</c>: prints what a project is.</summary>
internal static class ShowCommand
{
    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        ProjectVerb.Create(
            "show",
            "Print a project: privacy, origins, and the names of its secrets, the one that signs new tokens first.",
            [],
            async (_, project, cancellationToken) =>
            {
                var (answer, fault) = await project.ShowAsync(cancellationToken);
                return ProjectVerb.Print(answer, fault);
            }
        );
}
