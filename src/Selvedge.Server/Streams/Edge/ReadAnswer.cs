using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Caching;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams.Edge;

/// <summary>Step 6 of a stream read's life: what the client is told, of a stored answer or of one for itself.</summary>
internal static class ReadAnswer
{
    /// <summary>The header that says what the cache did.</summary>
    public const string VerdictHeader = "X-Cache";

    // What is written is copied for the connection at once, and held until the client has taken it: a thousand slow readers of pages of a
    // megabyte must not hold a gigabyte. Shorter writes cost more turns between the copying and the sending.
    private const int LongestWrite = 256 * 1024;

    /// <summary>Writes what the cache answered.</summary>
    /// <param name="http">The exchange.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="read">What was asked for.</param>
    /// <param name="seen">The stream as the reader found it.</param>
    public static Task WriteAsync(HttpContext http, CacheAnswer answer, in ReadRequest read, StreamInfo seen)
    {
        var headers = http.Response.Headers;
        if (answer.Age is { } age)
            headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (answer.Stored is not { } stored)
        {
            headers[CacheStatus.FieldName] = answer.Status.ToString();
            return answer.Reply is { } reply ? WriteAsync(http, reply, read, seen) : StreamError.Internal.WriteAsync(http);
        }

        var page = StoredPage.Of(stored);
        headers[CacheStatus.FieldName] = page.TextOf(answer.Status);
        return WriteHead(http, stored.Status, page, read, seen) ? WriteBodyAsync(http, stored.Body) : Task.CompletedTask;
    }

    /// <summary>Writes an answer for this client alone.</summary>
    public static Task WriteAsync(HttpContext http, OriginReply reply, in ReadRequest read, StreamInfo seen) =>
        WriteHead(http, reply.Status, StoredPage.Of(reply.Fields), read, seen)
            ? WriteBytesAsync(http, reply.Content!.Value)
            : Task.CompletedTask;

    /// <summary>Whether an answer was there already, or was made for another client who asked at the same time.</summary>
    public static bool IsHit(CacheAnswer answer) =>
        answer.Stored is not null && (answer.Verdict is not CacheVerdict.Miss || answer.Status.Collapsed);

    /// <summary>Sets the status and the header fields.</summary>
    /// <returns>Whether a body follows.</returns>
    private static bool WriteHead(HttpContext http, int status, StoredPage page, in ReadRequest read, StreamInfo seen)
    {
        var response = http.Response;
        var headers = response.Headers;
        response.StatusCode = status;
        foreach (var (name, value) in page.Shared)
            headers[name] = value;
        headers.CacheControl = page.CacheControl;

        // A cursor is made of the client's own, so that it is always a new one, and of the answer's interval, so that it is the same for
        // all who sent the same.
        if (page.Interval is { } interval)
            headers[StreamHeaders.Cursor] = Cursor.Next(read.Cursor, interval).ToString(CultureInfo.InvariantCulture);

        // What was the tail when the answer was made need not be any more.
        if (page.IsUpToDate && !HasGrown(seen, page))
            headers[StreamHeaders.UpToDate] = "true";

        string? known = http.Request.Headers.IfNoneMatch;
        if (status == StatusCodes.Status200OK && known is not null && page.EntityTag is { } tag && EntityTag.Matches(known, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            headers.ContentType = default;
            return false;
        }

        return status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);
    }

    private static bool HasGrown(StreamInfo seen, StoredPage page) =>
        StreamOffset.TryParse(page.NextOffset, out var next) && seen.Tail > next;

    private static async Task WriteBodyAsync(HttpContext http, ResponseBody body)
    {
        if (body.InOnePiece is { } bytes)
        {
            await WriteBytesAsync(http, bytes);
            return;
        }

        http.Response.ContentLength = body.IsComplete ? body.Length : body.ExpectedLength;
        using var reader = body.Read();
        while (await reader.ReadAsync(http.RequestAborted) is { IsEmpty: false } piece)
        {
            if ((await http.Response.BodyWriter.WriteAsync(piece, http.RequestAborted)).IsCompleted)
                return;
        }
    }

    private static async Task WriteBytesAsync(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        http.Response.ContentLength = bytes.Length;
        while (!bytes.IsEmpty)
        {
            var slice = bytes[..Math.Min(LongestWrite, bytes.Length)];
            if ((await http.Response.BodyWriter.WriteAsync(slice, http.RequestAborted)).IsCompleted)
                return;
            bytes = bytes[slice.Length..];
        }
    }
}
