using System.CommandLine;

namespace Selvedge.Cli.Commands.Streams;

/// <summary><c>selvedge streams create NAME</c>: makes a stream, and prints its URL.</summary>
internal static class CreateCommand
{
    private static readonly Option<string?> ContentTypeOption = new("--content-type")
    {
        Description = "The type of its bytes; application/json makes it a stream of messages. Default: application/octet-stream.",
    };

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        StreamVerb.Create(
            "create",
            "Make a stream, or confirm that it is there, and print its URL.",
            [ContentTypeOption],
            async (arguments, stream, cancellationToken) =>
            {
                var reply = await stream.CreateAsync(arguments.GetValue(ContentTypeOption), cancellationToken);
                if (reply.Fault is null)
                {
                    await Console.Out.WriteLineAsync(stream.Url.AbsoluteUri);
                }

                return reply.Fault;
            }
        );
}
