using System.CommandLine;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects cors NAME [ORIGIN…]</c>: says whose scripts may use a project's streams.</summary>
internal static class CorsCommand
{
    private static readonly Argument<string[]> OriginsArgument = new("ORIGIN")
    {
        Description = "Such as https://app.example, or * for every one. None: only those the server allows everywhere.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        ProjectVerb.Create(
            "cors",
            "Replace the origins whose scripts may use a project's streams.",
            [OriginsArgument],
            async (arguments, project, cancellationToken) =>
            {
                var order = new { corsOrigins = arguments.GetValue(OriginsArgument) };
                var (answer, fault) = await project.AskAsync(HttpMethod.Put, "cors", order, cancellationToken);
                return ProjectVerb.Print(answer, fault);
            }
        );
}
