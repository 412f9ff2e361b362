using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Admin;

/// <summary>Answers those who run the server in a sentence.</summary>
internal static class AdminAnswer
{
    /// <summary>Sends it.</summary>
    public static Task WriteAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(sentence + "\n", http.RequestAborted);
    }
}
