using System.CommandLine;

namespace Selvedge.Cli.Commands.Streams;

/// <summary><c>selvedge streams rm NAME</c>: deletes a stream.</summary>
internal static class RemoveCommand
{
    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        StreamVerb.Create(
            "rm",
            "Delete a stream.",
            [],
            async (_, stream, cancellationToken) => (await stream.DeleteAsync(cancellationToken)).Fault
        );
}
