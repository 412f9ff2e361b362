using System.IO.Pipelines;
using Selvedge.Streams;
using Selvedge.Streams.Live;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>One connection of server-sent events: what is known of it while it waits, and no more than that.</summary>
/// <param name="follower">Follows the stream.</param>
/// <param name="output">Where events go.</param>
/// <param name="clock">What all connections are timed by.</param>
/// <param name="stream">The stream as the reader found it.</param>
/// <param name="position">Where the reader begins.</param>
/// <param name="cursor">The cursor of the client's last answer, if it sent one.</param>
internal sealed class SseReader(
    LiveFollower follower,
    PipeWriter output,
    SseClock clock,
    StreamInfo stream,
    long position,
    string? cursor
)
{
    // The two that change.
    private StreamInfo _stream = stream;
    private long _position = position;

    private readonly bool _isText = MediaType.IsText(stream.Config.ContentType);
    private readonly long _end = clock.EndOfConnection();

    /// <summary>Follows the stream; whoever holds the reader disposes it.</summary>
    public LiveFollower Follower => follower;

    /// <summary>Sends what there is and what comes, until the stream closes, the connection has lived its time, or the reader is gone.</summary>
    /// <param name="aborted">Cancelled when the client has gone.</param>
    public async Task RunAsync(CancellationToken aborted)
    {
        while (true)
        {
            // 1. Everything there is, page by page, each followed by its control event; a control event alone when there is nothing.
            do
            {
                var (_, page) = await follower.PageAsync(_stream, _position, aborted);
                if (page is null)
                    return;
                if (!page.IsEmpty)
                    Write(page.Event(_isText));
                _position = page.Next;
                WriteControl();

                // A reader that does not keep up is waited for here, alone, and goes on from its own position.
                var flushed = await output.FlushAsync(aborted);
                if (flushed.IsCompleted || flushed.IsCanceled)
                    return;
            } while (_position < _stream.Tail);

            // 2. The end of the stream, or of the connection: readers come back, and proxies get to balance them anew.
            if (_stream.IsClosed || clock.HasCome(_end))
                return;

            // 3. News, or a sign of life.
            if (await follower.WaitAsync(_stream, clock.NextSign(_end)) is not { } now)
                return;
            _stream = now;
        }
    }

    private void WriteControl()
    {
        var atTail = _position == _stream.Tail;
        Write(follower.Control(_position, clock.NextCursor(cursor), atTail, _stream.IsClosed && atTail));
    }

    private void Write(ReadOnlyMemory<byte> bytes) => System.Buffers.BuffersExtensions.Write(output, bytes.Span);
}
