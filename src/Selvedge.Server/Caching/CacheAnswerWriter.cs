using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.Caching;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Static;

namespace Selvedge.Server.Caching;

/// <summary>Step 6 for what the cache answers: status, header fields, conditions, ranges, and the body as it arrives.</summary>
internal sealed class CacheAnswerWriter(TimeProvider clock, ILogger<CacheAnswerWriter> logger)
{
    /// <summary>Writes an answer that is not a failure. A body that breaks off breaks the client's connection off.</summary>
    public async Task WriteAsync(AdmittedRequest request, RouteDecision decision, CacheAnswer answer)
    {
        try
        {
            if (answer.Stored is { } stored)
            {
                await WriteStoredAsync(request, decision, answer, stored);
            }
            else
            {
                await WriteReplyAsync(request, decision, answer, answer.Reply!);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException && !IsGone(request))
        {
            // The status has left: only breaking the connection tells the client that the body is not whole.
            Log.BodyBrokenOff(logger, request.Target.Path, request.RequestId, exception.Message);
            request.Http.Abort();
        }
    }

    private static bool IsGone(AdmittedRequest request) => request.Http.RequestAborted.IsCancellationRequested;

    private static async Task WriteReplyAsync(
        AdmittedRequest request,
        RouteDecision decision,
        CacheAnswer answer,
        OriginReply reply
    )
    {
        var http = request.Http;
        AnswerHeaders.CopyFrom(http.Response, reply.Fields);
        WriteHead(http.Response, decision, answer, reply.Status);
        // An external origin has seen the condition and has decided; many functions set a tag and never compare it.
        if (decision.Outcome is not RouteOutcome.External && NotModified.TryAnswer(http))
        {
            return;
        }

        await BodyPump.CopyAsync(reply.Body, http.Response, http.RequestAborted);
    }

    private async Task WriteStoredAsync(
        AdmittedRequest request,
        RouteDecision decision,
        CacheAnswer answer,
        StoredResponse stored
    )
    {
        var http = request.Http;
        var headers = http.Request.Headers;
        var response = http.Response;
        PreparedFields.Of(stored).CopyTo(response.Headers);
        WriteHead(response, decision, answer, stored.Status);
        // Conditions and ranges concern a 200; a route may have given the response another status.
        var isWhole = response.StatusCode == StatusCodes.Status200OK;
        if (isWhole && StoredConditions.AreNotModified(headers, stored, clock.GetUtcNow()))
        {
            BecomeNotModified(response);
            return;
        }

        var whole = stored.Body.InOnePiece;
        var length = whole?.Length ?? (stored.Body.IsComplete ? stored.Body.Length : stored.Body.ExpectedLength);
        var part = new ByteRange(0, length ?? long.MaxValue);
        if (isWhole && headers.Range.Count > 0 && stored.Body.IsComplete)
        {
            var applies = StoredConditions.RangeApplies(headers, stored, clock.GetUtcNow());
            switch (applies ? ByteRange.Resolve(http.Request.GetTypedHeaders(), length!.Value, out part) : RangeOutcome.Whole)
            {
                case RangeOutcome.Part:
                    response.StatusCode = StatusCodes.Status206PartialContent;
                    response.Headers.ContentRange = $"bytes {part.Start}-{part.Start + part.Length - 1}/{length}";
                    length = part.Length;
                    break;
                case RangeOutcome.Unsatisfiable:
                    response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                    response.Headers.ContentRange = $"bytes */{length}";
                    response.ContentLength = 0;
                    return;
                default:
                    part = new ByteRange(0, length!.Value);
                    break;
            }
        }

        if (MayHaveBody(response.StatusCode))
        {
            response.ContentLength = length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await (
                    whole is { } bytes
                        ? WriteWholeAsync(http, bytes.Slice((int)part.Start, (int)part.Length))
                        : WriteBodyAsync(http, stored.Body, part)
                );
            }
        }
    }

    /// <summary>Writes status and header fields over those of the stored response or reply.</summary>
    public static void WriteHead(HttpResponse response, RouteDecision decision, CacheAnswer answer, int status)
    {
        response.StatusCode = decision.Status ?? status;
        if (answer.Age is { } age)
        {
            response.Headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (decision.Outcome is RouteOutcome.External)
        {
            AnswerHeaders.FinishExternal(response, decision, answer.Verdict);
        }
        else
        {
            AnswerHeaders.Finish(response, decision, answer.Verdict);
        }

        // Ours is the last, because we are the nearest to the client (RFC 9211 section 2).
        response.Headers.Append(CacheStatus.FieldName, answer.Status.ToString());
    }

    // What describes the body stays away from an answer without one (RFC 9110 section 15.4.5).
    private static void BecomeNotModified(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        response.Headers.ContentLength = null;
        response.Headers.ContentType = default;
        response.Headers.ContentEncoding = default;
    }

    private static bool MayHaveBody(int status) =>
        status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);

    private static async Task WriteWholeAsync(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
        }
    }

    private static async Task WriteBodyAsync(HttpContext http, ResponseBody body, ByteRange part)
    {
        var aborted = http.RequestAborted;
        using var reader = body.Read(part.Start);
        var left = part.Length;
        while (left > 0)
        {
            var reading = reader.ReadAsync(aborted);
            if (!reading.IsCompleted && !http.Response.HasStarted)
            {
                // Nothing to send yet: the client gets its headers while the body is on its way.
                await http.Response.BodyWriter.FlushAsync(aborted);
            }

            var piece = await reading;
            if (piece.IsEmpty)
            {
                return;
            }

            piece = piece[..(int)Math.Min(left, piece.Length)];
            left -= piece.Length;
            if ((await http.Response.BodyWriter.WriteAsync(piece, aborted)).IsCompleted)
            {
                return;
            }
        }
    }
}
