using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Access;
using Selvedge.Streams.Estuaries;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Serves <c>/v1/{project}/estuary/…</c>: estuaries, what they follow, and publishing to those who follow a stream.</summary>
internal sealed class EstuaryEndpoint
{
    private const long DefaultTtlSeconds = 24 * 60 * 60;
    private const string DefaultType = "application/json";
    private const string Streams = "streams/";

    private static readonly StreamError NotFound = new(404, "ESTUARY_NOT_FOUND", "There is no estuary of that name.");

    private static readonly StreamError InvalidName = new(
        400,
        "INVALID_ESTUARY_NAME",
        $"An estuary's name has 1 to {EstuaryName.MaxLength} letters, digits, _, -, : and ., and is not {EstuaryName.Publish}."
    );

    private readonly IStreamStore _store;
    private readonly EstuaryHub _hub;
    private readonly StreamGate _gate;
    private readonly StreamOptions _options;
    private readonly AppendHandler _publish;

    public EstuaryEndpoint(
        IStreamStore store,
        SubscriptionHub subscriptions,
        EstuaryHub hub,
        StreamGate gate,
        StreamOptions options,
        StreamMetrics metrics
    )
    {
        _store = store;
        _hub = hub;
        _gate = gate;
        _options = options;
        _publish = new AppendHandler(store, subscriptions, hub, options, metrics, AnnounceAsync);
    }

    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext http, StreamRoute route)
    {
        var slash = route.Rest.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? route.Rest : route.Rest[..slash];
        var rest = slash < 0 ? "" : route.Rest[(slash + 1)..];
        if (name == EstuaryName.Publish && slash >= 0)
            return PublishAsync(http, route.Project, rest);
        if (!EstuaryName.IsOne(name))
            return InvalidName.WriteAsync(http);
        if (slash < 0)
            return EstuaryAsync(http, route.Project, name);
        return rest.StartsWith(Streams, StringComparison.Ordinal)
            ? FollowAsync(http, route.Project, name, rest[Streams.Length..])
            : StreamError.NothingThere.WriteAsync(http);
    }

    private Task EstuaryAsync(HttpContext http, string project, string id)
    {
        var method = http.Request.Method;
        var scope = HttpMethods.IsGet(method) ? AccessScope.Read : AccessScope.Write;
        if (_gate.Admit(http, project, scope, id).Refusal is { } refusal)
            return refusal.WriteAsync(http);
        return HttpMethods.IsGet(method) ? ShowAsync(http, project, id)
            : HttpMethods.IsPut(method) ? CreateAsync(http, project, id)
            : HttpMethods.IsDelete(method) ? DeleteAsync(http, project, id)
            : RefuseMethodAsync(http, "GET, PUT, DELETE, OPTIONS");
    }

    private async Task ShowAsync(HttpContext http, string project, string id)
    {
        if (await _hub.FindAsync(project, id, StreamUse.Peek, http.RequestAborted) is { } view)
            await WriteViewAsync(http, project, view);
        else
            await NotFound.WriteAsync(http);
    }

    private async Task CreateAsync(HttpContext http, string project, string id)
    {
        var headers = http.Request.Headers;
        string? ttl = headers[StreamHeaders.Ttl];
        var seconds = DefaultTtlSeconds;
        if (ttl is not null && !Lifetime.TryParseTtl(ttl, out seconds))
        {
            await StreamError
                .Bad("INVALID_TTL", "Stream-TTL must be a whole number of seconds, without sign or leading zero.")
                .WriteAsync(http);
            return;
        }

        var type = headers.ContentType.ToString().Trim();
        if (type.Length > 0 && !MediaType.IsValid(type))
        {
            await StreamError
                .Bad("INVALID_CONTENT_TYPE", "Content-Type must be a media type such as application/json.")
                .WriteAsync(http);
            return;
        }

        var config = new StreamConfig(type.Length > 0 ? type : DefaultType, new Lifetime(seconds, null), Fork: null);
        var (outcome, view) = await _hub.CreateAsync(project, id, config, http.RequestAborted);
        if (view is null)
        {
            await ErrorOf(outcome).WriteAsync(http);
            return;
        }

        http.Response.StatusCode = outcome is EstuaryOutcome.Done ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await WriteViewAsync(http, project, view);
    }

    private async Task DeleteAsync(HttpContext http, string project, string id) =>
        await FinishAsync(http, await _hub.DeleteAsync(project, id, http.RequestAborted));

    private async Task FollowAsync(HttpContext http, string project, string id, string stream)
    {
        // Two streams are concerned, so a token for one does not reach.
        if (_gate.Admit(http, project, AccessScope.Write, streamId: null).Refusal is { } refusal)
            await refusal.WriteAsync(http);
        else if (!StreamName.TryCreate(project, stream, out var name) || name.IsReserved)
            await StreamError.InvalidName.WriteAsync(http);
        else if (HttpMethods.IsPut(http.Request.Method))
            await FinishAsync(http, await _hub.FollowAsync(project, id, stream, http.RequestAborted));
        else if (HttpMethods.IsDelete(http.Request.Method))
            await FinishAsync(http, await _hub.LeaveAsync(project, id, stream, http.RequestAborted));
        else
            await RefuseMethodAsync(http, "PUT, DELETE, OPTIONS");
    }

    private async Task PublishAsync(HttpContext http, string project, string stream)
    {
        if (_gate.Admit(http, project, AccessScope.Write, stream).Refusal is { } refusal)
        {
            await refusal.WriteAsync(http);
            return;
        }

        if (!StreamName.TryCreate(project, stream, out var name) || name.IsReserved)
        {
            await StreamError.InvalidName.WriteAsync(http);
            return;
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            await RefuseMethodAsync(http, "POST, OPTIONS");
            return;
        }

        // Asked before anything is taken in: what is refused here has not been appended.
        var found = await _store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted);
        if (found.Stream is { } source && _hub.IsBehind(source, project, stream, _options.MaxFollowerLag))
            await StreamError.Busy.WriteAsync(http);
        else
            await _publish.HandleAsync(http, name);
    }

    private async Task AnnounceAsync(HttpContext http, StreamName name, AppendResult result)
    {
        var counts = await _hub.PublishedAsync(
            name.Project,
            name.Id,
            result.Tail,
            _options.MaxAwaitedFollowers,
            http.RequestAborted
        );
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(
            http.Response,
            json =>
            {
                json.WriteNumber("subscribers", counts.Subscribers);
                json.WriteNumber("delivered", counts.Delivered);
                json.WriteNumber("removed", counts.Removed);
                json.WriteNumber("failed", counts.Failed);
                json.WriteNumber("queued", counts.Queued);
            },
            http.RequestAborted
        );
    }

    private static Task WriteViewAsync(HttpContext http, string project, EstuaryView view)
    {
        http.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(
            http.Response,
            json =>
            {
                json.WriteString("id", view.Id);
                json.WriteString("stream", StreamName.MountOf(project) + view.Id);
                json.WriteString("contentType", view.Stream.Config.ContentType);
                if (view.Stream.Config.Lifetime.TtlSeconds is { } ttl)
                    json.WriteNumber("ttlSeconds", ttl);
                json.WriteString("nextOffset", StreamOffset.Format(view.Stream.Tail));
                json.WriteStartArray("streams");
                foreach (var stream in view.Streams)
                    json.WriteStringValue(stream);
                json.WriteEndArray();
            },
            http.RequestAborted
        );
    }

    private static Task FinishAsync(HttpContext http, EstuaryOutcome outcome)
    {
        if (outcome is not (EstuaryOutcome.Done or EstuaryOutcome.Unchanged))
            return ErrorOf(outcome).WriteAsync(http);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task RefuseMethodAsync(HttpContext http, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return new StreamError(405, "METHOD_NOT_ALLOWED", $"This knows {allowed}.").WriteAsync(http);
    }

    private static StreamError ErrorOf(EstuaryOutcome outcome) =>
        outcome switch
        {
            EstuaryOutcome.NotFound => NotFound,
            EstuaryOutcome.StreamNotFound => StreamError.NotFound,
            EstuaryOutcome.ContentTypeMismatch => StreamError.ContentType,
            EstuaryOutcome.Chained => new StreamError(
                409,
                "ESTUARY_CHAIN",
                "An estuary cannot follow an estuary, or be followed."
            ),
            EstuaryOutcome.TooMany => new StreamError(
                409,
                "ESTUARY_FULL",
                "An estuary follows at most 1000 streams, and a stream has at most 10000 followers."
            ),
            EstuaryOutcome.NameTaken => new StreamError(
                409,
                "ESTUARY_NAME_TAKEN",
                "A stream of that name is closed, or was deleted and still has forks."
            ),
            _ => StreamError.Busy,
        };
}
