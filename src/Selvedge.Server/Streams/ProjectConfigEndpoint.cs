using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams.Projects;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Serves <c>/v1/config/{project}</c>: what a project's own managers may see and change. Secrets go in and never come out.</summary>
internal sealed class ProjectConfigEndpoint(ProjectRegistry projects, TimeProvider time)
{
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>Answers one request of somebody who may manage the project.</summary>
    public Task HandleAsync(HttpContext http, string project) =>
        HttpMethods.IsGet(http.Request.Method) ? ShowAsync(http, project)
        : HttpMethods.IsPut(http.Request.Method) ? ChangeAsync(http, project)
        : RefuseAsync(http);

    private Task ShowAsync(HttpContext http, string name)
    {
        // Streams that ask nobody who they are have projects that nobody made.
        var project = projects.Find(name) ?? new Project(name);
        http.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(http.Response, json => ProjectJson.WriteMembers(json, project), http.RequestAborted);
    }

    private async Task ChangeAsync(HttpContext http, string name)
    {
        using var body = new PooledBuffer();
        if (!await LimitedBody.TryReadAsync(http, MaxBodyBytes, body))
        {
            await StreamError.TooLarge.WriteAsync(http);
            return;
        }

        ProjectConfig? config;
        try
        {
            config = JsonSerializer.Deserialize<ProjectConfig>(body.Written.Span, ProjectJson.Options);
        }
        catch (JsonException)
        {
            config = null;
        }

        if (config is null)
        {
            await StreamError
                .Bad("INVALID_REQUEST", "Send a JSON object with corsOrigins, isPublic or signingSecrets, and nothing else.")
                .WriteAsync(http);
            return;
        }

        var outcome = projects.Change(name, project => Apply(project, config));
        if (outcome is ProjectOutcome.Done)
            await ShowAsync(http, name);
        else
            await ErrorOf(outcome).WriteAsync(http);
    }

    /// <summary>All of the changes, or none.</summary>
    private (Project? Project, ProjectOutcome Outcome) Apply(Project project, ProjectConfig config)
    {
        (Project? Project, ProjectOutcome Outcome) step = (project, ProjectOutcome.Done);
        if (config.SigningSecrets is { } secrets)
            step = ProjectChanges.ReplaceSecrets(project, secrets, time.GetUtcNow());
        if (step.Project is { } signed && config.CorsOrigins is { } origins)
            step = ProjectChanges.SetOrigins(signed, origins);
        return step.Project is { } shared && config.IsPublic is { } isPublic
            ? (shared with { IsPublic = isPublic }, step.Outcome)
            : step;
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.Allow = "GET, PUT, OPTIONS";
        return new StreamError(405, "METHOD_NOT_ALLOWED", "A configuration knows GET and PUT.").WriteAsync(http);
    }

    private static StreamError ErrorOf(ProjectOutcome outcome) =>
        outcome switch
        {
            ProjectOutcome.NotFound => new StreamError(404, "PROJECT_NOT_FOUND", ProjectJson.SentenceOf(outcome)),
            ProjectOutcome.NotWritten => new StreamError(503, "STORE_UNAVAILABLE", ProjectJson.SentenceOf(outcome)),
            _ => StreamError.Bad("INVALID_REQUEST", ProjectJson.SentenceOf(outcome)),
        };

    private sealed record ProjectConfig(string[]? SigningSecrets = null, string[]? CorsOrigins = null, bool? IsPublic = null);
}
