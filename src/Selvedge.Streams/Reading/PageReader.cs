using System.Buffers;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Reading;

/// <summary>Reads a stream page by page, each no longer than asked for unless a single JSON message is.</summary>
public static class PageReader
{
    /// <summary>Reads the page that begins at a position.</summary>
    /// <param name="store">Where the stream is.</param>
    /// <param name="stream">The stream as it was found.</param>
    /// <param name="from">The position.</param>
    /// <param name="pageBytes">How long the page may be.</param>
    /// <param name="shared">The page will be given to several readers and is therefore not taken from the pool.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static async ValueTask<(PageOutcome Outcome, StreamPage? Page)> ReadAsync(
        IStreamStore store,
        StreamInfo stream,
        long from,
        int pageBytes,
        bool shared,
        CancellationToken cancellationToken
    )
    {
        if (from > stream.Tail)
            return (PageOutcome.PastTail, null);

        for (var size = pageBytes; ; size = Math.Min(int.MaxValue / 2, size) * 2)
        {
            var length = (int)Math.Min(size, stream.Tail - from);
            // One byte in front: the separator that proves the position, and then the array's bracket.
            var needed = length + 2;
            var buffer = shared ? GC.AllocateUninitializedArray<byte>(needed) : ArrayPool<byte>.Shared.Rent(needed);
            var page = default(StreamPage);
            try
            {
                var front = from > 0 ? 1 : 0;
                var read = await store.ReadAsync(
                    stream,
                    from - front,
                    buffer.AsMemory(1 - front, length + front),
                    cancellationToken
                );
                if (read != length + front)
                    return (PageOutcome.StreamGone, null);

                var outcome = Cut(stream, from, buffer, length, out var taken);
                if (outcome != PageOutcome.Read)
                    return (outcome, null);
                if (taken > 0 || length == 0)
                {
                    page = Render(stream, from, buffer, taken, isPooled: !shared);
                    return (PageOutcome.Read, page);
                }
            }
            finally
            {
                if (page is null && !shared)
                    ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static PageOutcome Cut(StreamInfo stream, long from, byte[] buffer, int length, out int taken)
    {
        taken = length;
        var isJson = MediaType.IsJson(stream.Config.ContentType);
        if (isJson && from > 0 && buffer[0] != JsonMessages.Separator)
            return PageOutcome.InsideMessage;
        if (from + length < stream.Tail)
            taken = PageEnd.Find(buffer.AsSpan(1, length), stream.Config.ContentType);
        return PageOutcome.Read;
    }

    private static StreamPage Render(StreamInfo stream, long from, byte[] buffer, int taken, bool isPooled)
    {
        if (!MediaType.IsJson(stream.Config.ContentType))
            return new StreamPage(from, from + taken, buffer, start: 1, taken, isPooled);

        var inside = JsonMessages.ToArrayInside(buffer.AsSpan(1, taken)).Length;
        buffer[0] = (byte)'[';
        buffer[1 + inside] = (byte)']';
        return new StreamPage(from, from + taken, buffer, start: 0, inside + 2, isPooled);
    }
}
