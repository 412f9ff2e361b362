using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Errors;

namespace Selvedge.Server.Answers;

/// <summary>Sends a client elsewhere.</summary>
internal static class RedirectAnswer
{
    /// <summary>Writes the redirect, with a body in the form the client prefers for those that do not follow it by themselves.</summary>
    public static async Task SendAsync(AdmittedRequest request, RouteDecision decision)
    {
        var http = request.Http;
        var status = decision.Status ?? StatusCodes.Status307TemporaryRedirect;
        var location = HeaderText.ToWire(decision.Location!);
        http.Response.StatusCode = status;
        AnswerHeaders.Apply(http.Response, decision);
        http.Response.Headers.Location = location;
        if (http.Response.Headers.CacheControl.Count == 0)
        {
            http.Response.Headers.CacheControl = BrowserCacheControl.Default;
        }

        if (status == StatusCodes.Status308PermanentRedirect)
        {
            // For the browsers that do not know 308, as the platform does.
            http.Response.Headers["refresh"] = $"0;url={location}";
        }

        var (contentType, body) = Render(AcceptedFormat.Of(http.Request.Headers.Accept), location, status);
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    private static (string ContentType, byte[] Body) Render(ErrorFormat format, string location, int status) =>
        format switch
        {
            ErrorFormat.Json => (
                "application/json; charset=utf-8",
                JsonSerializer.SerializeToUtf8Bytes(new { redirect = location, status = status.ToString() })
            ),
            ErrorFormat.Html => (
                "text/html; charset=utf-8",
                Encoding.UTF8.GetBytes(
                    $"""<!doctype html><title>Redirecting…</title><p>Redirecting to <a href="{WebUtility.HtmlEncode(location)}">{WebUtility.HtmlEncode(location)}</a>.</p>"""
                )
            ),
            _ => ("text/plain; charset=utf-8", "Redirecting...\n"u8.ToArray()),
        };
}
