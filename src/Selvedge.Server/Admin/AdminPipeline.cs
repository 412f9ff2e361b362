using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Admin;

/// <summary>Answers what comes to the admin listener.</summary>
/// <param name="token">What every caller must present, whatever is asked for.</param>
/// <param name="cache">The cache of a site; <see langword="null"/> on a server without one.</param>
/// <param name="prerenders">Lists rendered pages; <see langword="null"/> on a server without a site.</param>
/// <param name="streams">Lists streams; <see langword="null"/> on a server that hosts none.</param>
/// <param name="projects">Keeps projects; <see langword="null"/> on a server that hosts no streams.</param>
internal sealed class AdminPipeline(
    AdminToken token,
    CacheEndpoint? cache,
    PrerenderListEndpoint? prerenders,
    StreamListEndpoint? streams,
    ProjectsEndpoint? projects
)
{
    private const string NoCache = "This server serves no site, so there is no cache.";
    private const string NoStreams = "This server hosts no streams: Streams:Enabled is false.";

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
            ("GET", "/cache") => cache?.CountAsync(http) ?? NotFoundAsync(http, NoCache),
            ("POST", "/cache/purge") => cache?.PurgeAsync(http) ?? NotFoundAsync(http, NoCache),
            ("GET", "/prerenders") => prerenders?.ListAsync(http) ?? NotFoundAsync(http, NoCache),
            ("GET", "/streams") => streams?.ListAsync(http) ?? NotFoundAsync(http, NoStreams),
            ("POST", "/streams/keys") => streams?.RotateKeyAsync(http) ?? NotFoundAsync(http, NoStreams),
            ("GET", "/streams/reads") => streams?.CountAsync(http) ?? NotFoundAsync(http, NoStreams),
            _ when http.Request.Path.StartsWithSegments("/projects", StringComparison.Ordinal, out var rest) =>
                projects?.AnswerAsync(http, rest.Value ?? "") ?? NotFoundAsync(http, NoStreams),
            _ => NotFoundAsync(
                http,
                "There are only GET /cache, POST /cache/purge, GET /prerenders, GET /streams, GET /streams/reads, POST /streams/keys "
                    + "and /projects here."
            ),
        };
    }

    private static Task NotFoundAsync(HttpContext http, string sentence) =>
        AdminAnswer.WriteAsync(http, StatusCodes.Status404NotFound, sentence);
}
