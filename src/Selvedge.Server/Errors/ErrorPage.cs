using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selvedge.Server.Answers;

namespace Selvedge.Server.Errors;

/// <summary>The server's own error answers: HTML, JSON or text by the request's <c>Accept</c>, one sentence, no detail.</summary>
internal static class ErrorPage
{
    /// <summary>The header that names the error for machines.</summary>
    public const string HeaderName = "x-vercel-error";

    /// <summary>Writes an error answer and ends the response.</summary>
    public static Task WriteAsync(HttpContext http, int status, string code, string requestId)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.Headers[HeaderName] = code;
        // What a route says about keeping an absence counts; a fault of the server is nothing to keep.
        var routed = status < 500 ? response.Headers.CacheControl.ToString() : null;
        response.Headers.CacheControl = BrowserCacheControl.From(routed);
        var (contentType, body) = Render(AcceptedFormat.Of(http.Request.Headers.Accept), status, code, requestId);
        response.ContentType = contentType;
        return WriteBodyAsync(http, body);
    }

    /// <summary>The sentence for a person.</summary>
    private static string MessageFor(int status, string code) =>
        status switch
        {
            _ when code == ErrorCodes.DeploymentNotFound => "There is no site of that name here.",
            400 => "The request could not be understood.",
            403 => "This request was refused.",
            404 => "The page could not be found.",
            405 => "This method is not allowed here.",
            413 => "The request's body is too large.",
            500 => "A server error has occurred.",
            502 => "The origin did not give an answer.",
            503 => "The server is busy. Try again in a moment.",
            504 => "The origin did not answer in time.",
            508 => "The routes of this deployment form a loop.",
            _ => ReasonOf(status),
        };

    private static (string ContentType, byte[] Body) Render(ErrorFormat format, int status, string code, string requestId)
    {
        var message = MessageFor(status, code);
        return format switch
        {
            ErrorFormat.Json => ("application/json; charset=utf-8", Json(code, message, requestId)),
            ErrorFormat.Html => ("text/html; charset=utf-8", ErrorTemplate.Render(status, code, message, requestId)),
            _ => ("text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes($"{message}\n\n{code}\n\n{requestId}\n")),
        };
    }

    private static byte[] Json(string code, string message, string requestId) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal)
            {
                ["error"] = new(StringComparer.Ordinal)
                {
                    ["code"] = code,
                    ["message"] = message,
                    ["id"] = requestId,
                },
            }
        );

    private static string ReasonOf(int status)
    {
        var name = ((HttpStatusCode)status).ToString();
        return char.IsDigit(name[0]) ? $"The request ended with status {status}." : $"{name}.";
    }

    private static async Task WriteBodyAsync(HttpContext http, byte[] body)
    {
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
