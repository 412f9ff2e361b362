using Microsoft.AspNetCore.Http;
using Selvedge.Caching.Status;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Errors;
using Selvedge.Server.Hits;

namespace Selvedge.Server.Static;

/// <summary>Answers from a file of the build output.</summary>
internal sealed class StaticOrigin(SmallFiles smallFiles, HitRecorder hits)
{
    /// <summary>Sends a file, or what a conditional or range request makes of it.</summary>
    public Task AnswerAsync(AdmittedRequest request, RouteDecision decision, StaticFile file)
    {
        var http = request.Http;
        var isHead = HttpMethods.IsHead(http.Request.Method);
        // An error page is shown whatever the method of the request that failed was.
        if (!isHead && !HttpMethods.IsGet(http.Request.Method) && decision.Status is not >= 400)
        {
            http.Response.Headers.Allow = "GET, HEAD";
            return ErrorPage.WriteAsync(http, 405, ErrorCodes.MethodNotAllowed, request.RequestId);
        }

        WriteHeaders(http.Response, decision, file);
        var range = new ByteRange(0, file.Asset.Length);
        if (decision.Status is { } status)
        {
            // Conditions and ranges are defined for a representation that would be sent with 200 (RFC 9110 section 13.2.1).
            http.Response.StatusCode = status;
        }
        else if (!TryApplyConditions(http, file, ref range))
        {
            return Task.CompletedTask;
        }

        http.Response.ContentLength = range.Length;
        return isHead || range.Length == 0 ? Task.CompletedTask : SendAsync(request, decision, file, range);
    }

    private static void WriteHeaders(HttpResponse response, RouteDecision decision, StaticFile file)
    {
        var headers = response.Headers;
        AnswerHeaders.Apply(response, decision);
        headers.ETag = file.Asset.ETag;
        headers.LastModified = file.LastModifiedText;
        headers.AcceptRanges = "bytes";
        headers[CacheVerdicts.HeaderName] = CacheVerdict.Hit.ToHeader();
        Default(headers, "content-type", file.Asset.ContentType);
        Default(headers, "cache-control", BrowserCacheControl.Default);
        Default(headers, "content-disposition", file.ContentDisposition);
        Default(headers, "access-control-allow-origin", "*");
        Default(headers, "x-matched-path", file.MatchedPath);
    }

    private static void Default(IHeaderDictionary headers, string name, string value)
    {
        if (!headers.ContainsKey(name))
        {
            headers[name] = value;
        }
    }

    /// <summary>Applies conditional and range headers.</summary>
    /// <returns>Whether a body follows.</returns>
    private static bool TryApplyConditions(HttpContext http, StaticFile file, ref ByteRange range)
    {
        var headers = http.Request.Headers;
        if (
            headers.IfNoneMatch.Count == 0
            && headers.Range.Count == 0
            && headers.IfModifiedSince.Count == 0
            && headers.IfMatch.Count == 0
            && headers.IfUnmodifiedSince.Count == 0
        )
        {
            return true;
        }

        var typed = http.Request.GetTypedHeaders();
        switch (Preconditions.Evaluate(typed, file.ETag, file.LastModified))
        {
            case Precondition.NotModified:
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return false;
            case Precondition.Failed:
                http.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
                return false;
        }

        // Range is defined for GET only (RFC 9110 section 14.2).
        if (
            headers.Range.Count == 0
            || !HttpMethods.IsGet(http.Request.Method)
            || !Preconditions.RangeApplies(typed, file.ETag, file.LastModified)
        )
        {
            return true;
        }

        switch (ByteRange.Resolve(typed, file.Asset.Length, out var part))
        {
            case RangeOutcome.Unsatisfiable:
                http.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                http.Response.Headers.ContentRange = $"bytes */{file.Asset.Length}";
                return false;
            case RangeOutcome.Part:
                http.Response.StatusCode = StatusCodes.Status206PartialContent;
                http.Response.Headers.ContentRange = $"bytes {part.Start}-{part.Start + part.Length - 1}/{file.Asset.Length}";
                range = part;
                return true;
            default:
                return true;
        }
    }

    private Task SendAsync(AdmittedRequest request, RouteDecision decision, StaticFile file, ByteRange range) =>
        smallFiles.Fits(file)
            ? SendSmallAsync(request, decision, file, range)
            : request.Http.Response.SendFileAsync(file.Asset.FilePath, range.Start, range.Length, request.Http.RequestAborted);

    // A kept file completes at once, and costs no task.
    private async Task SendSmallAsync(AdmittedRequest request, RouteDecision decision, StaticFile file, ByteRange range)
    {
        var http = request.Http;
        var content = await smallFiles.ReadAsync(file, http.RequestAborted);
        await http.Response.BodyWriter.WriteAsync(content.AsMemory((int)range.Start, (int)range.Length), http.RequestAborted);
        hits.Sent(request, decision, file);
    }
}
