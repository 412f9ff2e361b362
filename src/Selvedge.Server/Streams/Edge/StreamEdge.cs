using System.Globalization;
using Selvedge.Caching;
using Selvedge.Caching.Policy;
using Selvedge.Streams;

namespace Selvedge.Server.Streams.Edge;

/// <summary>Step 4 of a stream read's life: the cache in front of <see cref="StreamOrigin"/>.</summary>
internal sealed class StreamEdge(HttpCache cache, StreamOrigin origin)
{
    /// <summary>Answers a read whose stream has been found and whose reader may read it.</summary>
    /// <param name="stream">The stream as the reader found it.</param>
    /// <param name="read">What is asked for.</param>
    /// <param name="isReload">Whether the client wants an answer of its own.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    public ValueTask<CacheAnswer> AnswerAsync(
        StreamInfo stream,
        in ReadRequest read,
        bool isReload,
        CancellationToken cancellationToken
    )
    {
        var source = new StreamSource(origin, stream, read);
        return cache.AnswerAsync(
            new CacheRequest
            {
                Key = KeyOf(stream, read),
                Target = "",
                Method = "GET",
                Fields = source,
                Policy = read.Live is LiveMode.LongPoll ? StreamPolicy.LongPolls : StreamPolicy.Pages,
                Origin = source,
                SeenVersion = ReplyComposer.VersionOf(stream),
                IsReload = isReload,
                // Incarnations of streams in memory are counted anew by the next process.
                IsMemoryOnly = true,
                // A fetch ends by itself: a page is read at once, a poll has its timeout.
                Patience = Timeout.InfiniteTimeSpan,
            },
            cancellationToken
        );
    }

    /// <summary>
    /// The key of an answer: the incarnation, whether it is closed, and the parameters that decide about the bytes, in a fixed order.
    /// </summary>
    /// <remarks>
    /// A deleted stream's answers are out of reach as soon as its name leads to another incarnation or none, and what was answered before
    /// a close as soon as it is closed. The cursor is not part of it: readers who came to an offset on different ways wait for the same
    /// bytes, and each gets a cursor made from his own. Neither are tokens, reader keys or parameters nobody knows.
    /// </remarks>
    public static string KeyOf(StreamInfo stream, in ReadRequest read)
    {
        var (isNow, position) = read.From.IsNow ? ("now ", stream.Tail) : ("", read.From.Position);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"stream {stream.Id:x}{(stream.IsClosed ? "c" : "")} {read.Live} {isNow}{position}"
        );
    }
}
