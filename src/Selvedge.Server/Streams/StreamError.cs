using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>What is wrong with a request to a stream: a status, a stable code for programs, and a sentence for people.</summary>
internal sealed record StreamError(int Status, string Code, string Sentence)
{
    public static readonly StreamError NotFound = new(404, "STREAM_NOT_FOUND", "There is no stream of that name.");
    public static readonly StreamError Gone = new(410, "STREAM_GONE", "The stream was deleted; only its forks still read it.");
    public static readonly StreamError NameGone = new(
        409,
        "STREAM_GONE",
        "A deleted stream of that name still has forks; the name is free again when they are deleted."
    );
    public static readonly StreamError ConfigMismatch = new(
        409,
        "STREAM_CONFIG_MISMATCH",
        "The stream exists with another content type, lifetime, closure, fork point or public."
    );
    public static readonly StreamError Closed = new(409, "STREAM_CLOSED", "The stream is closed.");
    public static readonly StreamError ContentType = new(409, "CONTENT_TYPE_MISMATCH", "The content type is not the stream's.");
    public static readonly StreamError ContentTypeMissing = new(
        400,
        "CONTENT_TYPE_MISSING",
        "A body needs a Content-Type header."
    );
    public static readonly StreamError Sequence = new(
        409,
        "STREAM_SEQ_REGRESSION",
        "Stream-Seq must be greater than the last one accepted, compared byte by byte."
    );
    public static readonly StreamError InvalidSequence = new(
        400,
        "INVALID_SEQUENCE",
        "Stream-Seq must have 1 to 1024 characters."
    );
    public static readonly StreamError StaleEpoch = new(403, "STALE_EPOCH", "A newer epoch of this producer has written.");
    public static readonly StreamError EpochStart = new(
        400,
        "EPOCH_START",
        "A new Producer-Epoch must begin with Producer-Seq 0."
    );
    public static readonly StreamError SequenceGap = new(
        409,
        "PRODUCER_SEQ_GAP",
        "Producer-Seq skips one that was never received."
    );
    public static readonly StreamError StreamFull = new(413, "STREAM_FULL", "The stream has reached its greatest length.");
    public static readonly StreamError EmptyBody = new(400, "EMPTY_BODY", "An append needs a body, unless it closes the stream.");
    public static readonly StreamError EmptyArray = new(400, "EMPTY_ARRAY", "An empty array appends nothing.");
    public static readonly StreamError InvalidJson = new(400, "INVALID_JSON", "The body is not valid JSON.");
    public static readonly StreamError InvalidName = new(
        400,
        "INVALID_STREAM_NAME",
        "A stream's id has 1 to 1024 bytes, none of them a control character, and does not begin with a slash."
    );
    public static readonly StreamError InvalidProject = new(
        400,
        "INVALID_PROJECT",
        "A project's name has 1 to 128 letters, digits, _ and -, and is none of stream, estuary, config and __ds."
    );
    public static readonly StreamError NothingThere = new(404, "NOT_FOUND", "Nothing is served under that path.");
    public static readonly StreamError InvalidOffset = new(
        400,
        "INVALID_OFFSET",
        "The offset must be -1, now, or one that this server gave out for this stream."
    );
    public static readonly StreamError PastTail = new(400, "OFFSET_BEYOND_TAIL", "The offset lies beyond the end of the stream.");
    public static readonly StreamError OffsetRequired = new(400, "OFFSET_REQUIRED", "A live read needs the offset parameter.");
    public static readonly StreamError InvalidLive = new(400, "INVALID_LIVE", "The live parameter must be long-poll or sse.");
    public static readonly StreamError SourceNotFound = new(
        404,
        "FORK_SOURCE_NOT_FOUND",
        "The stream to fork from does not exist."
    );
    public static readonly StreamError SourceGone = new(
        409,
        "FORK_SOURCE_GONE",
        "The stream to fork from was deleted; only its forks still read it."
    );
    public static readonly StreamError ForkPoint = new(
        400,
        "INVALID_FORK_POINT",
        "The fork point must lie inside the source: an offset it gave out, and no more messages or bytes past it than there are."
    );
    public static readonly StreamError ForkTooDeep = new(
        409,
        "FORK_TOO_DEEP",
        "The source is itself a fork of a fork, more than 256 times; copy it instead."
    );
    public static readonly StreamError TooLarge = new(
        413,
        "BODY_TOO_LARGE",
        "The body is longer than this server takes at once."
    );
    public static readonly StreamError Busy = new(429, "TOO_BUSY", "Too much is waiting already. Try again in a moment.");
    public static readonly StreamError Unavailable = new(
        503,
        "STORE_UNAVAILABLE",
        "The stream store cannot write any more and has stopped."
    );
    public static readonly StreamError Internal = new(
        500,
        "INTERNAL_ERROR",
        "Something went wrong that the server's log explains."
    );
    public static readonly StreamError Method = new(
        405,
        "METHOD_NOT_ALLOWED",
        "Streams know PUT, POST, GET, HEAD, DELETE and OPTIONS."
    );

    /// <summary>A request that is wrong in a way that needs its own sentence.</summary>
    public static StreamError Bad(string code, string sentence) => new(StatusCodes.Status400BadRequest, code, sentence);

    /// <summary>Answers with this error. Headers set before stay.</summary>
    public Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status429TooManyRequests)
            response.Headers.RetryAfter = "1";
        if (HttpMethods.IsHead(http.Request.Method))
            return Task.CompletedTask;
        return JsonAnswer.WriteAsync(response, WriteMembers, http.RequestAborted);
    }

    /// <summary>The body alone.</summary>
    public byte[] Encode() => JsonAnswer.Encode(WriteMembers);

    private void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("code", Code);
        json.WriteString("error", Sentence);
    }
}
