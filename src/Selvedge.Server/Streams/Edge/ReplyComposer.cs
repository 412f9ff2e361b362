using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Selvedge.Caching.Origins;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;

namespace Selvedge.Server.Streams.Edge;

/// <summary>Puts the stream's answers into the form in which the cache keeps and clients get them: one for every read path.</summary>
internal static class ReplyComposer
{
    private sealed class Nothing : IAsyncDisposable
    {
        public static readonly Nothing Instance = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>
    /// How far a stream has got, as one number that only grows: its tail, and whether it is closed. It tells which answers may have missed
    /// something that a reader knows of.
    /// </summary>
    public static long VersionOf(StreamInfo stream) => (2 * stream.Tail) + (stream.IsClosed ? 1 : 0);

    /// <summary>A page, with its tag unless nobody may keep it.</summary>
    /// <param name="stream">The stream as it was when the page was read.</param>
    /// <param name="page">The page.</param>
    /// <param name="cacheControl">How it may be kept, if everybody may read the stream.</param>
    /// <param name="interval">For a long-poll, the interval of now, from which each client's cursor is made.</param>
    public static OriginReply Page(StreamInfo stream, StreamPage page, string cacheControl, long? interval)
    {
        var isUpToDate = page.Next == stream.Tail;
        var isEnd = isUpToDate && stream.IsClosed;
        var fields = new List<KeyValuePair<string, string>>(8)
        {
            new(HeaderNames.ContentType, stream.Config.ContentType),
            new(HeaderNames.CacheControl, cacheControl),
        };
        if (cacheControl != StreamAnswer.NoStore)
            fields.Add(new(HeaderNames.ETag, EntityTag.Format(stream.Id, page.From, page.Next, isEnd)));
        AddPosition(fields, page.Next, isUpToDate, isEnd, interval);
        return Reply(StatusCodes.Status200OK, fields, page.Body, VersionOf(stream));
    }

    /// <summary>Nothing new: the end of a long-poll's patience, or of the stream.</summary>
    public static OriginReply Nothingness(StreamInfo stream, long interval)
    {
        // A stored 204 would be answered at once, and the reader would ask again at once.
        List<KeyValuePair<string, string>> fields = [new(HeaderNames.CacheControl, StreamAnswer.NoStore)];
        AddPosition(fields, stream.Tail, isUpToDate: true, stream.IsClosed, interval);
        return Reply(StatusCodes.Status204NoContent, fields, default, VersionOf(stream));
    }

    /// <summary>The page that was confirmed is still what it was.</summary>
    public static OriginReply Confirmation(string entityTag, string cacheControl) =>
        Reply(
            StatusCodes.Status304NotModified,
            [new(HeaderNames.ETag, entityTag), new(HeaderNames.CacheControl, cacheControl)],
            default,
            version: 0
        );

    /// <summary>An error.</summary>
    public static OriginReply Error(StreamError error) =>
        Reply(
            error.Status,
            [new(HeaderNames.ContentType, "application/json"), new(HeaderNames.CacheControl, StreamAnswer.NoStore)],
            error.Encode(),
            // The stream is not there any more, or not readable any more: nobody knows of something later.
            version: long.MaxValue
        );

    private static void AddPosition(
        List<KeyValuePair<string, string>> fields,
        long next,
        bool isUpToDate,
        bool isEnd,
        long? interval
    )
    {
        fields.Add(new(StreamHeaders.NextOffset, StreamOffset.Format(next)));
        if (isUpToDate)
            fields.Add(new(StreamHeaders.UpToDate, "true"));
        if (isEnd)
            fields.Add(new(StreamHeaders.Closed, "true"));
        if (interval is { } number)
            fields.Add(new(StreamHeaders.Cursor, number.ToString(CultureInfo.InvariantCulture)));
    }

    private static OriginReply Reply(
        int status,
        List<KeyValuePair<string, string>> fields,
        ReadOnlyMemory<byte> content,
        long version
    ) =>
        new(Nothing.Instance)
        {
            Status = status,
            Fields = fields,
            Content = content,
            ContentLength = content.Length,
            Version = version,
        };
}
