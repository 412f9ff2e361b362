using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;

namespace Selvedge.Server.Streams;

/// <summary>Answers with a page of a stream.</summary>
internal static class PageAnswer
{
    /// <summary>How a plain read of a page may be kept.</summary>
    public static string PlainCacheControl(StreamInfo stream, StreamPage page, DateTimeOffset now) =>
        StreamAnswer.CacheControl(stream, canChange: page.Next == stream.Tail && !stream.IsClosed, now);

    /// <summary>Sends a page with its tag, or 304 when the reader has it.</summary>
    public static async Task SendAsync(HttpContext http, StreamInfo stream, StreamPage page, string cacheControl)
    {
        var response = http.Response;
        var tag = EntityTag.Format(stream.Id, page.From, page.Next, IsEnd(stream, page));
        response.Headers.ETag = tag;
        response.Headers.CacheControl = cacheControl;
        SetPosition(response, stream, page);

        string? known = http.Request.Headers.IfNoneMatch;
        if (known is not null && EntityTag.Matches(known, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteAsync(http, stream, page);
    }

    /// <summary>Sends a page nobody may keep, such as the answer to <c>offset=now</c>.</summary>
    public static Task SendUncachedAsync(HttpContext http, StreamInfo stream, StreamPage page)
    {
        http.Response.Headers.CacheControl = "no-store";
        SetPosition(http.Response, stream, page);
        return WriteAsync(http, stream, page);
    }

    /// <summary>The error for a page that could not be read.</summary>
    public static StreamError ErrorOf(PageOutcome outcome) =>
        outcome switch
        {
            PageOutcome.PastTail => StreamError.PastTail,
            PageOutcome.InsideMessage => StreamError.InvalidOffset,
            _ => StreamError.NotFound,
        };

    private static void SetPosition(HttpResponse response, StreamInfo stream, StreamPage page)
    {
        StreamAnswer.SetPosition(response, page.Next, IsEnd(stream, page));
        if (page.Next == stream.Tail)
            response.Headers[StreamHeaders.UpToDate] = "true";
    }

    private static bool IsEnd(StreamInfo stream, StreamPage page) => stream.IsClosed && page.Next == stream.Tail;

    private static async Task WriteAsync(HttpContext http, StreamInfo stream, StreamPage page)
    {
        http.Response.ContentType = stream.Config.ContentType;
        http.Response.ContentLength = page.Body.Length;
        await http.Response.Body.WriteAsync(page.Body, http.RequestAborted);
    }
}
