using System.CommandLine;
using Selvedge.Cli.Output;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects ls</c>: lists the projects of a running server.</summary>
internal static class ListCommand
{
    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command("ls", "List projects: name, privacy, number of secrets and origins, separated by tabs.");
        command.SetAdminAction((_, admin, cancellationToken) => RunAsync(admin, cancellationToken));
        return command;
    }

    private static async Task<RemoteFault?> RunAsync(AdminClient admin, CancellationToken cancellationToken)
    {
        var (answer, fault) = await admin.AskAsync(HttpMethod.Get, "/projects", null, cancellationToken);
        using (answer)
        {
            foreach (var project in answer?.RootElement.GetProperty("projects").EnumerateArray() ?? default)
            {
                ProjectOutput.PrintLine(project);
            }
        }

        return fault;
    }
}
