using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Admin;

/// <summary>Answers what comes to the admin listener.</summary>
/// <param name="token">What every caller must present, whatever is asked for.</param>
/// <param name="purge">Purges the cache; <see langword="null"/> on a server without a site, which caches nothing.</param>
/// <param name="streams">Lists streams; <see langword="null"/> on a server that hosts none.</param>
internal sealed class AdminPipeline(AdminToken token, PurgeEndpoint? purge, StreamListEndpoint? streams)
{
    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        // 1. Who asks.
        if (!token.IsPresented(http.Request.Headers.Authorization.ToString()))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status401Unauthorized,
                "Present the token of Admin:Token as a bearer token."
            );
        }

        // 2. What for.
        return (http.Request.Method, http.Request.Path.Value) switch
        {
            ("POST", "/cache/purge") when purge is not null => purge.InvokeAsync(http),
            ("POST", "/cache/purge") => NotFoundAsync(http, "This server serves no site, so there is no cache to purge."),
            ("GET", "/streams") when streams is not null => streams.InvokeAsync(http),
            ("GET", "/streams") => NotFoundAsync(http, "This server hosts no streams; Streams:Enabled turns them on."),
            _ => NotFoundAsync(http, "There are only POST /cache/purge and GET /streams here."),
        };
    }

    private static Task NotFoundAsync(HttpContext http, string sentence) =>
        AdminAnswer.WriteAsync(http, StatusCodes.Status404NotFound, sentence);
}
