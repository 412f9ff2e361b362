using System.CommandLine;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects privacy NAME public|private</c>: says whether readers of a project need a token.</summary>
internal static class PrivacyCommand
{
    private static readonly Argument<string> PrivacyArgument = CreateArgument();

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        ProjectVerb.Create(
            "privacy",
            "Say whether everybody may read a project's streams. Single streams can be public in a private project.",
            [PrivacyArgument],
            async (arguments, project, cancellationToken) =>
            {
                var order = new { isPublic = arguments.GetValue(PrivacyArgument) == "public" };
                var (answer, fault) = await project.AskAsync(HttpMethod.Put, "privacy", order, cancellationToken);
                return ProjectVerb.Print(answer, fault);
            }
        );

    private static Argument<string> CreateArgument()
    {
        var argument = new Argument<string>("PRIVACY") { Description = "public or private." };
        argument.AcceptOnlyFromAmong("public", "private");
        return argument;
    }
}
