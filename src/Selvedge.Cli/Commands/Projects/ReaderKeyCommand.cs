using System.CommandLine;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects reader-key NAME [STREAM]</c>: turns reader keys over.</summary>
internal static class ReaderKeyCommand
{
    private static readonly Argument<string?> StreamArgument = new("STREAM")
    {
        Description = "The stream. Default: every stream of the project.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        ProjectVerb.Create(
            "reader-key",
            "Turn over the reader key of a stream, or of all: URLs that hold the old one are refused from now on.",
            [StreamArgument],
            async (arguments, project, cancellationToken) =>
            {
                var order = new { stream = arguments.GetValue(StreamArgument) };
                var (answer, fault) = await project.AskAsync(HttpMethod.Post, "reader-keys", order, cancellationToken);
                answer?.Dispose();
                return fault;
            }
        );
}
