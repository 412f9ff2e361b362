using System.CommandLine;
using System.Text;
using Selvedge.Cli.Input;
using Selvedge.Cli.Remote;
using Selvedge.Streams.Protocol;

namespace Selvedge.Cli.Commands.Streams;

/// <summary><c>selvedge streams append NAME [TEXT]</c>: adds to a stream, and prints the offset behind what it added.</summary>
internal static class AppendCommand
{
    private static readonly Argument<string?> TextArgument = new("TEXT")
    {
        Description = "What to append. Without it, what standard input brings, as it comes.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> ContentTypeOption = new("--content-type")
    {
        Description = "The type of the bytes. Default: the stream's own.",
    };

    private static readonly Option<bool> CloseOption = new("--close") { Description = "Close the stream behind it." };

    private static readonly Option<bool> BatchOption = new("--batch")
    {
        Description = "Every line of standard input is a message of a JSON stream.",
    };

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        StreamVerb.Create(
            "append",
            "Append to a stream, and print the offset behind it.",
            [TextArgument, ContentTypeOption, CloseOption, BatchOption],
            RunAsync
        );

    private static async Task<RemoteFault?> RunAsync(
        ParseResult arguments,
        StreamClient stream,
        CancellationToken cancellationToken
    )
    {
        // 1. The type. If the stream cannot be described, the append gets the server's own words about it.
        var type = arguments.GetValue(ContentTypeOption);
        if (type is null)
        {
            var description = await stream.DescribeAsync(cancellationToken);
            if (description.Fault is { Reason: RemoteFaultReason.Unreachable } fault)
            {
                return fault;
            }

            type = description.ContentType ?? MediaType.Default;
        }

        // 2. What to append, part by part, and whether the last part closes the stream.
        var (parts, unfit) = PartsOf(arguments, MediaType.IsJson(type), cancellationToken);
        if (parts is null)
        {
            return new RemoteFault(RemoteFaultReason.Refused, unfit!);
        }

        var close = arguments.GetValue(CloseOption);
        RemoteReply? last = null;
        var closed = false;
        long sent = 0;
        await foreach (var part in parts)
        {
            closed = close && part.IsLast;
            last = part.Fault is { } bad
                ? new RemoteReply(new RemoteFault(RemoteFaultReason.Refused, bad))
                : await stream.AppendAsync(part.Content, type, closed, cancellationToken);
            if (last.Fault is { } fault)
            {
                return sent == 0 ? fault : fault with { Message = $"{fault.Message} The {sent} bytes before it are appended." };
            }

            sent += part.Content.Length;
        }

        // 3. The end, where it was not known before.
        if (close && !closed)
        {
            last = await stream.AppendAsync(default, contentType: null, close: true, cancellationToken);
        }

        if (last?[StreamHeaders.NextOffset] is { } offset)
        {
            await Console.Out.WriteLineAsync(offset);
        }

        return last?.Fault;
    }

    private static (IAsyncEnumerable<InputPart>? Parts, string? Fault) PartsOf(
        ParseResult arguments,
        bool isJson,
        CancellationToken cancellationToken
    )
    {
        var batch = arguments.GetValue(BatchOption);
        if (arguments.GetValue(TextArgument) is { } text)
        {
            return batch
                ? (null, "--batch reads standard input; leave TEXT out.")
                : (new[] { InputPart.Last(Encoding.UTF8.GetBytes(text)) }.ToAsyncEnumerable(), null);
        }

        // At a terminal, nobody who only closes a stream wants to type something first.
        if (arguments.GetValue(CloseOption) && !Console.IsInputRedirected)
        {
            return (AsyncEnumerable.Empty<InputPart>(), null);
        }

        var input = Console.OpenStandardInput();
        return (batch, isJson) switch
        {
            (true, true) => (JsonBatches.ReadAsync(input, cancellationToken), null),
            (true, false) => (null, "--batch is for streams of application/json, and this is none."),
            (false, true) => (InputParts.WholeAsync(input, cancellationToken), null),
            (false, false) => (InputParts.AsItComesAsync(input, cancellationToken), null),
        };
    }
}
