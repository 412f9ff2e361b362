using System.CommandLine;
using Selvedge.Cli.Output;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands.Streams;

/// <summary><c>selvedge streams cat NAME</c>: prints everything a stream holds.</summary>
internal static class CatCommand
{
    private static readonly Option<string> OffsetOption = new("--offset")
    {
        Description = "Where to begin: -1 for the beginning, or an offset the server gave out.",
        DefaultValueFactory = _ => "-1",
    };

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        StreamVerb.Create(
            "cat",
            "Print what a stream holds: its bytes as they are, or one JSON message a line.",
            [OffsetOption],
            RunAsync
        );

    private static async Task<RemoteFault?> RunAsync(
        ParseResult arguments,
        StreamClient stream,
        CancellationToken cancellationToken
    )
    {
        await using var output = StreamOutput.Open();
        for (var offset = arguments.GetValue(OffsetOption)!; ; )
        {
            var reply = await stream.ReadAsync(offset, cancellationToken);
            if (reply.Fault is { } fault)
            {
                return fault;
            }

            if (StreamPosition.Of(reply) is not { } position)
            {
                return stream.NotAStream();
            }

            if (!output.TryWrite(reply) || position.IsUpToDate || position.IsClosed)
            {
                return null;
            }

            offset = position.Offset;
        }
    }
}
