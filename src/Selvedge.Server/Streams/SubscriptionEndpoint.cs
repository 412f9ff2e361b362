using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Serves the subscriptions of a project.</summary>
internal sealed class SubscriptionEndpoint(SubscriptionHub hub, StreamOptions options)
{
    private const int MaxBodyBytes = 1024 * 1024;
    private const int MaxIdLength = 256;

    /// <summary>Answers one request to a reserved id.</summary>
    public async Task HandleAsync(HttpContext http, StreamName name)
    {
        var parts = name.Id.Split('/', 4);
        if (parts is not [_, "subscriptions", { Length: > 0 and <= MaxIdLength } encodedId, ..])
        {
            await SubscriptionAnswers.WriteErrorAsync(http, 404, "SUBSCRIPTION_NOT_FOUND", "Nothing is served under that path.");
            return;
        }

        var (body, fault) = await ReadAsync(http);
        using (body)
        {
            if (fault is not null)
                await InvalidAsync(http, fault);
            else
                await DispatchAsync(http, name.Project, Decode(encodedId), parts.Length > 3 ? parts[3] : "", body!.RootElement);
        }
    }

    private Task DispatchAsync(HttpContext http, string project, string id, string action, JsonElement body)
    {
        var method = http.Request.Method;
        if (action.Length == 0)
        {
            return HttpMethods.IsPut(method) ? CreateAsync(http, project, id, body)
                : HttpMethods.IsGet(method) ? GetAsync(http, project, id)
                : HttpMethods.IsDelete(method) ? DeleteAsync(http, project, id)
                : RefuseMethodAsync(http);
        }

        if (action.StartsWith("streams/", StringComparison.Ordinal) && HttpMethods.IsDelete(method))
            return RemoveStreamAsync(http, project, id, Decode(action["streams/".Length..]).Trim('/'));
        if (!HttpMethods.IsPost(method))
            return RefuseMethodAsync(http);
        return action switch
        {
            "streams" => AddStreamsAsync(http, project, id, body),
            "claim" => ClaimAsync(http, project, id, body),
            "callback" => AnswerAsync(http, project, id, body, SubscriptionType.Webhook),
            "ack" => AnswerAsync(http, project, id, body, SubscriptionType.PullWake),
            "release" => ReleaseAsync(http, project, id, body),
            _ => SubscriptionAnswers.WriteErrorAsync(http, 404, "SUBSCRIPTION_NOT_FOUND", "A subscription knows no such action."),
        };
    }

    private async Task CreateAsync(HttpContext http, string project, string id, JsonElement body)
    {
        if (SubscriptionRequests.ParseConfig(body, out var config) is { } invalid)
        {
            await InvalidAsync(http, invalid);
            return;
        }

        var (view, created, fault) = await hub.CreateAsync(project, id, config, BaseUrl(http), http.RequestAborted);
        if (fault is not null)
            await SubscriptionAnswers.WriteFaultAsync(http, fault);
        else
            await WriteViewAsync(http, project, view!, created);
    }

    private async Task GetAsync(HttpContext http, string project, string id)
    {
        if (await hub.GetAsync(project, id, http.RequestAborted) is { } view)
            await WriteViewAsync(http, project, view, created: false);
        else
            await NotFoundAsync(http);
    }

    private async Task DeleteAsync(HttpContext http, string project, string id)
    {
        await hub.DeleteAsync(project, id, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task AddStreamsAsync(HttpContext http, string project, string id, JsonElement body)
    {
        if (SubscriptionRequests.ParseStreams(body, required: true, out var streams) is { } invalid)
            await InvalidAsync(http, invalid);
        else
            await FinishAsync(http, await hub.AddStreamsAsync(project, id, streams, http.RequestAborted));
    }

    private async Task RemoveStreamAsync(HttpContext http, string project, string id, string path) =>
        await FinishAsync(http, await hub.RemoveStreamAsync(project, id, path, http.RequestAborted));

    private async Task ClaimAsync(HttpContext http, string project, string id, JsonElement body)
    {
        if (SubscriptionRequests.Text(body, "worker") is not { } worker)
        {
            await InvalidAsync(http, "worker must be a name.");
            return;
        }

        var (claim, fault) = await hub.ClaimAsync(project, id, worker, http.RequestAborted);
        if (fault is not null)
            await SubscriptionAnswers.WriteFaultAsync(http, fault);
        else
            await SubscriptionAnswers.WriteClaimAsync(http, claim!);
    }

    private async Task AnswerAsync(HttpContext http, string project, string id, JsonElement body, SubscriptionType type)
    {
        if (await ParseAnswerAsync(http, body) is not var (token, answer))
            return;
        var (nextWake, fault) = await hub.AnswerAsync(project, id, token, answer, type, http.RequestAborted);
        if (fault is not null)
            await SubscriptionAnswers.WriteFaultAsync(http, fault);
        else
            await SubscriptionAnswers.WriteNextWakeAsync(http, nextWake);
    }

    private async Task ReleaseAsync(HttpContext http, string project, string id, JsonElement body)
    {
        if (await ParseAnswerAsync(http, body) is var (token, answer))
            await FinishAsync(http, await hub.ReleaseAsync(project, id, token, answer, http.RequestAborted));
    }

    /// <summary>The token and the answer; null when either is wrong, which has been answered then.</summary>
    private static async ValueTask<(string Token, WakeAnswer Answer)?> ParseAnswerAsync(HttpContext http, JsonElement body)
    {
        const string Scheme = "Bearer ";
        var authorization = http.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            await SubscriptionAnswers.WriteErrorAsync(
                http,
                401,
                "TOKEN_INVALID",
                "The Authorization header must hold the wake's token."
            );
            return null;
        }

        if (SubscriptionRequests.ParseAnswer(body, out var answer) is { } invalid)
        {
            await InvalidAsync(http, invalid);
            return null;
        }

        return (authorization[Scheme.Length..].Trim(), answer);
    }

    private Task WriteViewAsync(HttpContext http, string project, SubscriptionView view, bool created) =>
        SubscriptionAnswers.WriteViewAsync(http, view, SubscriptionJson.RootOf(BaseUrl(http), project), hub.Keys.KeyId, created);

    private static Task FinishAsync(HttpContext http, SubscriptionFault? fault)
    {
        if (fault is not null)
            return SubscriptionAnswers.WriteFaultAsync(http, fault);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private string BaseUrl(HttpContext http) => options.PublicUrl?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";

    private static async ValueTask<(JsonDocument? Body, string? Fault)> ReadAsync(HttpContext http)
    {
        using var body = new PooledBuffer();
        if (!await LimitedBody.TryReadAsync(http, MaxBodyBytes, body))
            return (null, "The body is longer than a subscription's may be.");
        try
        {
            var json = body.Length == 0 ? "{}"u8.ToArray() : body.Written.ToArray();
            var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return (document, null);
            document.Dispose();
            return (null, "The body must be a JSON object.");
        }
        catch (JsonException)
        {
            return (null, "The body is not valid JSON.");
        }
    }

    // An encoded slash is kept by the server; here it belongs to the name.
    private static string Decode(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static Task InvalidAsync(HttpContext http, string sentence) =>
        SubscriptionAnswers.WriteErrorAsync(http, 400, "INVALID_REQUEST", sentence);

    private static Task NotFoundAsync(HttpContext http) =>
        SubscriptionAnswers.WriteErrorAsync(http, 404, "SUBSCRIPTION_NOT_FOUND", "There is no subscription of that name.");

    private static Task RefuseMethodAsync(HttpContext http) =>
        SubscriptionAnswers.WriteErrorAsync(http, 405, "METHOD_NOT_ALLOWED", "That cannot be done there.");
}
