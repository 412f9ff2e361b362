using System.CommandLine;
using Selvedge.Cli.Commands.Streams;

namespace Selvedge.Cli.Commands;

/// <summary><c>selvedge streams</c>: the commands for streams.</summary>
internal static class StreamsCommand
{
    /// <summary>Declares them.</summary>
    public static Command Create() =>
        new("streams", "Make, fill, read, list, delete and check streams.")
        {
            ListCommand.Create(),
            CreateCommand.Create(),
            AppendCommand.Create(),
            CatCommand.Create(),
            TailCommand.Create(),
            RemoveCommand.Create(),
            VerifyCommand.Create(),
            RotateKeyCommand.Create(),
        };
}
