using System.CommandLine;
using Selvedge.Cli.Output;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands.Streams;

/// <summary><c>selvedge streams tail NAME</c>: prints what is added to a stream, as it comes.</summary>
internal static class TailCommand
{
    // A server that is started again is back by then.
    private const int MaxTries = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly Option<string> OffsetOption = new("--offset")
    {
        Description = "Where to begin: now, -1 for the beginning, or an offset the server gave out.",
        DefaultValueFactory = _ => "now",
    };

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        StreamVerb.Create(
            "tail",
            "Print what is added to a stream until it is closed, or until interrupted.",
            [OffsetOption],
            async (arguments, stream, cancellationToken) =>
            {
                try
                {
                    return await FollowAsync(stream, arguments.GetValue(OffsetOption)!, TimeProvider.System, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    // For most streams there is no other end.
                    return null;
                }
            }
        );

    private static async Task<RemoteFault?> FollowAsync(
        StreamClient stream,
        string offset,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await using var output = StreamOutput.Open();

        // 1. What is there. Asked without waiting, so that "now" is now, and a stream that is not there is told at once.
        var reply = await stream.ReadAsync(offset, cancellationToken);
        var (hasAnswered, failures) = (false, 0);
        string? cursor = null;
        while (true)
        {
            // 2. A server that is busy or being replaced is asked again; an answer that broke off has left nothing behind.
            if (reply.Fault is { } fault)
            {
                var mayPass = hasAnswered && fault.Reason is not RemoteFaultReason.Refused;
                if (!mayPass || ++failures > MaxTries)
                {
                    return fault;
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
            else if (StreamPosition.Of(reply) is not { } position)
            {
                return stream.NotAStream();
            }
            else
            {
                // 3. What came, and whether more will.
                if (!output.TryWrite(reply) || position.IsClosed)
                {
                    return null;
                }

                (offset, cursor) = (position.Offset, position.Cursor);
                (hasAnswered, failures) = (true, 0);
            }

            reply = await stream.PollAsync(offset, cursor, cancellationToken);
        }
    }
}
