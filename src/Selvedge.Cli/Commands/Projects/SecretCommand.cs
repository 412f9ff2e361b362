using System.CommandLine;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects secret add|rotate|rm NAME</c>: the secrets that sign a project's tokens.</summary>
internal static class SecretCommand
{
    private static readonly Argument<string> IdArgument = new("ID") { Description = "The secret's name, as show prints it." };

    /// <summary>Declares the commands.</summary>
    public static Command Create() =>
        new("secret", "Add, turn over and remove the secrets that sign a project's tokens.")
        {
            Adding("add", "Add a secret that signs new tokens; the others go on to be accepted.", keep: null),
            Adding("rotate", "Add a secret that signs new tokens, keep the one before it, and remove all older ones.", keep: 1),
            ProjectVerb.Create(
                "rm",
                "Remove a secret: the tokens it signed are refused from now on.",
                [IdArgument],
                async (arguments, project, cancellationToken) =>
                {
                    var id = Uri.EscapeDataString(arguments.GetValue(IdArgument)!);
                    var (answer, fault) = await project.AskAsync(HttpMethod.Delete, $"secrets/{id}", null, cancellationToken);
                    answer?.Dispose();
                    return fault;
                }
            ),
        };

    private static Command Adding(string verb, string description, int? keep) =>
        ProjectVerb.Create(
            verb,
            description,
            [SecretInput.Option],
            (arguments, project, cancellationToken) =>
                SecretInput.UseAsync(
                    arguments,
                    secret => project.AskAsync(HttpMethod.Post, "secrets", new { secret, keep }, cancellationToken)
                )
        );
}
