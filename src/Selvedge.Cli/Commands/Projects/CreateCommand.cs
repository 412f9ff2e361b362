using System.CommandLine;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects create NAME</c>: makes a project with a secret, and prints the secret this once.</summary>
internal static class CreateCommand
{
    private static readonly Option<bool> PublicOption = new("--public")
    {
        Description = "Let everybody read its streams. Default: readers need a token too.",
    };

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        ProjectVerb.Create(
            "create",
            "Make a project with a secret that signs its tokens. A secret that is made up is printed, this once.",
            [PublicOption, SecretInput.Option],
            (arguments, project, cancellationToken) =>
                SecretInput.UseAsync(
                    arguments,
                    secret => project.CreateAsync(new { secret, isPublic = arguments.GetValue(PublicOption) }, cancellationToken)
                )
        );
}
