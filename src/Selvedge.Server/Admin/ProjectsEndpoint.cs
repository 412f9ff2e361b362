using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.Server.Streams;
using Selvedge.Streams;
using Selvedge.Streams.Access;
using Selvedge.Streams.Projects;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Admin;

/// <summary>The projects of the streams on the admin listener. Secrets go in and never come out.</summary>
internal sealed class ProjectsEndpoint(StreamService streams, TimeProvider time, ILogger<ProjectsEndpoint> logger)
{
    private const int MaxBodyBytes = 64 * 1024;

    private static readonly TimeSpan MaxTokenLife = TimeSpan.FromDays(3660);

    /// <summary>Answers what lies under <c>/projects</c>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="path">The rest of the path, with its slash.</param>
    public async Task AnswerAsync(HttpContext http, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (order, fault) = await ReadAsync(http);
        if (order is null)
        {
            await AdminAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, fault!);
            return;
        }

        await (
            (http.Request.Method, parts) switch
            {
                ("GET", []) => ListAsync(http),
                ("GET", [var name]) => ShowAsync(http, name),
                ("PUT", [var name]) => CreateAsync(http, name, order),
                ("POST", [var name, "token"]) => IssueAsync(http, name, order),
                (var method, [var name, .. var what]) when ChangeOf(method, what, order) is { } change => ChangeAsync(
                    http,
                    name,
                    string.Join('/', what),
                    change
                ),
                _ => AdminAnswer.WriteAsync(http, StatusCodes.Status404NotFound, "There is nothing of that name about projects."),
            }
        );
    }

    private Task ListAsync(HttpContext http) =>
        JsonAnswer.WriteAsync(
            http.Response,
            json =>
            {
                json.WriteStartArray("projects");
                foreach (var project in streams.Projects.All)
                {
                    json.WriteStartObject();
                    ProjectJson.WriteMembers(json, project);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            },
            http.RequestAborted
        );

    private Task ShowAsync(HttpContext http, string name) =>
        streams.Projects.Find(name) is { } project
            ? JsonAnswer.WriteAsync(http.Response, json => ProjectJson.WriteMembers(json, project), http.RequestAborted)
            : RefuseAsync(http, ProjectOutcome.NotFound);

    private async Task CreateAsync(HttpContext http, string name, ProjectOrder order)
    {
        var project = new Project(name) { CreatedAt = time.GetUtcNow(), IsPublic = order.IsPublic ?? false };
        if (order.Secret is { } secret)
        {
            var (signed, outcome) = ProjectChanges.AddSecret(project, secret, keep: 0, time.GetUtcNow());
            if (signed is null)
            {
                await RefuseAsync(http, outcome);
                return;
            }

            project = signed;
        }

        await ApplyAsync(http, name, "", () => streams.Projects.Create(project), StatusCodes.Status201Created);
    }

    private Task ChangeAsync(HttpContext http, string name, string what, Func<string, ProjectOutcome> change) =>
        ApplyAsync(http, name, what, () => change(name), StatusCodes.Status200OK);

    private async Task ApplyAsync(HttpContext http, string name, string what, Func<ProjectOutcome> apply, int status)
    {
        try
        {
            // Whoever holds the streams' directory is the one to change its projects.
            await streams.OpenAsync(http.RequestAborted);
        }
        catch (StreamStoreException exception)
        {
            await AdminAnswer.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, exception.Message);
            return;
        }

        var outcome = apply();
        if (outcome is not ProjectOutcome.Done)
        {
            await RefuseAsync(http, outcome);
            return;
        }

        Log.ProjectChanged(logger, name, http.Request.Method, what);
        http.Response.StatusCode = status;
        if (streams.Projects.Find(name) is null)
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await ShowAsync(http, name);
    }

    private Func<string, ProjectOutcome>? ChangeOf(string method, string[] what, ProjectOrder order)
    {
        var projects = streams.Projects;
        return (method, what) switch
        {
            ("DELETE", []) => projects.Remove,
            ("POST", ["secrets"]) => name =>
                projects.Change(
                    name,
                    project => ProjectChanges.AddSecret(project, order.Secret ?? "", order.Keep ?? int.MaxValue, time.GetUtcNow())
                ),
            ("DELETE", ["secrets", var id]) => name => projects.Change(name, project => ProjectChanges.RemoveSecret(project, id)),
            ("PUT", ["cors"]) => name =>
                projects.Change(name, project => ProjectChanges.SetOrigins(project, order.CorsOrigins ?? [])),
            ("PUT", ["privacy"]) when order.IsPublic is { } isPublic => name =>
                projects.Change(name, project => (project with { IsPublic = isPublic }, ProjectOutcome.Done)),
            ("POST", ["reader-keys"]) => name =>
                projects.Change(name, project => ProjectChanges.RotateReaderKey(project, order.Stream)),
            _ => null,
        };
    }

    private async Task IssueAsync(HttpContext http, string name, ProjectOrder order)
    {
        AccessScope? scope = order.Scope switch
        {
            "read" => AccessScope.Read,
            "write" => AccessScope.Write,
            "manage" => AccessScope.Manage,
            _ => null,
        };
        var seconds = order.Seconds ?? 3600;
        if (
            scope is null
            || seconds < 1
            || seconds > MaxTokenLife.TotalSeconds
            || order.Stream?.Length is 0 or > StreamName.MaxIdBytes
        )
        {
            await AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status400BadRequest,
                "A token needs a scope (read, write or manage), and lasts from 1 second to ten years."
            );
            return;
        }

        if (streams.Projects.Find(name) is not { } project)
        {
            await RefuseAsync(http, ProjectOutcome.NotFound);
            return;
        }

        if (project.Secrets.IsEmpty)
        {
            await AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status409Conflict,
                "The project has no secret to sign tokens with; add one."
            );
            return;
        }

        var claims = new TokenClaims(scope.Value, order.Stream, time.GetUtcNow().AddSeconds(seconds));
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(
            http.Response,
            json => json.WriteString("token", TokenMint.Issue(name, claims, project.Secrets[0])),
            http.RequestAborted
        );
    }

    private static Task RefuseAsync(HttpContext http, ProjectOutcome outcome) =>
        AdminAnswer.WriteAsync(
            http,
            outcome switch
            {
                ProjectOutcome.NotFound or ProjectOutcome.SecretNotFound => StatusCodes.Status404NotFound,
                ProjectOutcome.Exists or ProjectOutcome.LastSecret => StatusCodes.Status409Conflict,
                ProjectOutcome.NotWritten => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status400BadRequest,
            },
            ProjectJson.SentenceOf(outcome)
        );

    private static async Task<(ProjectOrder? Order, string? Fault)> ReadAsync(HttpContext http)
    {
        using var body = new PooledBuffer();
        if (!await LimitedBody.TryReadAsync(http, MaxBodyBytes, body))
            return (null, $"Send a JSON object of at most {MaxBodyBytes} bytes.");
        if (body.Length == 0)
            return (new ProjectOrder(), null);
        try
        {
            var order = JsonSerializer.Deserialize<ProjectOrder>(body.Written.Span, ProjectJson.Options);
            return order is null ? (null, "Send a JSON object.") : (order, null);
        }
        catch (JsonException exception)
        {
            // Its path says where; its message would repeat values, and one of them may be a secret.
            return (null, $"The body cannot be read at {exception.Path ?? "$"}.");
        }
    }
}
