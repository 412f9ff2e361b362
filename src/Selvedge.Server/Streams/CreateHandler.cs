using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Selvedge.Streams;
using Selvedge.Streams.Estuaries;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Reading;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Answers PUT: makes a stream or a fork, or confirms that the one asked for is there.</summary>
internal sealed class CreateHandler(
    IStreamStore store,
    SubscriptionHub subscriptions,
    EstuaryHub estuaries,
    StreamOptions options
)
{
    public async Task HandleAsync(HttpContext http, StreamName name)
    {
        // 1. What is asked for.
        using var body = new PooledBuffer();
        using var stored = new PooledBuffer();
        if (CreateCommand.Parse(http.Request, name, out var command) is { } fault)
        {
            await fault.WriteAsync(http);
            return;
        }

        if (!await LimitedBody.TryReadAsync(http, options.MaxAppendBytes, body))
        {
            await StreamError.TooLarge.WriteAsync(http);
            return;
        }

        // 2. What is there. A fork that exists is confirmed even when its source is not there any more.
        var found = await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted);
        if (found.Presence is not StreamPresence.NotFound)
        {
            await ConfirmAsync(http, command, found.Stream);
            return;
        }

        // 3. Where a fork leaves its source.
        var (config, sourceId, error) = await ResolveAsync(command, http.RequestAborted);
        if (error is not null)
        {
            await error.WriteAsync(http);
            return;
        }

        // 4. The first bytes.
        var content = body.Written;
        if (content.Length > 0 && MediaType.IsJson(config.ContentType))
        {
            if (JsonMessages.Flatten(content.Span, stored) < 0)
            {
                await StreamError.InvalidJson.WriteAsync(http);
                return;
            }

            content = stored.Written;
        }

        var request = new CreateStream
        {
            Config = config,
            Content = content,
            IsClosed = command.IsClosed,
            ForkSourceId = sourceId,
        };
        await SendAsync(http, name, command, request);
    }

    private async Task SendAsync(HttpContext http, StreamName name, CreateCommand command, CreateStream request)
    {
        var (outcome, stream) = await store.CreateAsync(name.Key, request, http.RequestAborted);
        switch (outcome)
        {
            case CreateOutcome.Created:
                if (!request.Content.IsEmpty && !subscriptions.IsEmpty)
                    await subscriptions.AppendedAsync(name.Project, name.Id);
                if (!request.Content.IsEmpty)
                    estuaries.Appended(name.Project, name.Id);
                http.Response.StatusCode = StatusCodes.Status201Created;
                http.Response.Headers.Location = UriHelper.BuildAbsolute(
                    http.Request.Scheme,
                    http.Request.Host,
                    path: http.Request.Path
                );
                Describe(http.Response, stream!);
                break;
            case CreateOutcome.Exists:
                await ConfirmAsync(http, command, stream);
                break;
            default:
                await ErrorOf(outcome).WriteAsync(http);
                break;
        }
    }

    private static async Task ConfirmAsync(HttpContext http, CreateCommand command, StreamInfo? stream)
    {
        if (stream is null)
            await StreamError.NameGone.WriteAsync(http);
        else if (!Asks(command, stream))
            await StreamError.ConfigMismatch.WriteAsync(http);
        else
            Describe(http.Response, stream);
    }

    /// <summary>Whether the stream that is there is the one asked for.</summary>
    private static bool Asks(CreateCommand command, StreamInfo stream)
    {
        var config = stream.Config;
        var isFork = command.Source is not null;
        if (isFork != (config.Fork is not null) || command.IsClosed != stream.IsClosed)
            return false;
        if (command.IsPublic is { } isPublic && isPublic != config.IsPublic)
            return false;

        // What a fork does not name it took from its source.
        var type = command.ContentType ?? (isFork ? config.ContentType : MediaType.Default);
        if (!MediaType.Same(type, config.ContentType))
            return false;
        if (command.Lifetime != config.Lifetime && !(isFork && command.Lifetime == Lifetime.Endless))
            return false;
        return config.Fork is not { } fork
            || (
                fork.Source == command.Source!.Value.Key
                && fork.SubOffset == command.ForkSubOffset
                && (command.ForkOffset ?? fork.Anchor) == fork.Anchor
            );
    }

    private async ValueTask<(StreamConfig Config, ulong SourceId, StreamError? Error)> ResolveAsync(
        CreateCommand command,
        CancellationToken cancellationToken
    )
    {
        // A fork of a public stream is its maker's: it is not public unless that is asked for.
        var isPublic = command.IsPublic ?? false;
        var own = new StreamConfig(command.ContentType ?? MediaType.Default, command.Lifetime, Fork: null)
        {
            IsPublic = isPublic,
        };
        if (command.Source is not { } name)
            return (own, 0, null);

        var found = await store.FindAsync(name.Key, StreamUse.Peek, cancellationToken);
        if (found.Stream is not { } source)
            return (own, 0, found.Presence is StreamPresence.Gone ? StreamError.SourceGone : StreamError.SourceNotFound);
        if (command.ContentType is { } type && !MediaType.Same(type, source.Config.ContentType))
            return (own, 0, StreamError.ContentType);

        var anchor = command.ForkOffset ?? source.Tail;
        var position = await ForkPoint.ResolveAsync(store, source, anchor, command.ForkSubOffset, cancellationToken);
        if (position is null)
            return (own, 0, StreamError.ForkPoint);

        // A fork has a lifetime of its own; only one that names none takes its source's, an absolute end included.
        var config = new StreamConfig(
            command.ContentType ?? source.Config.ContentType,
            command.Lifetime == Lifetime.Endless ? source.Config.Lifetime : command.Lifetime,
            new ForkOrigin(source.Name, anchor, command.ForkSubOffset, position.Value)
        )
        {
            IsPublic = isPublic,
        };
        return (config, source.Id, null);
    }

    private static void Describe(HttpResponse response, StreamInfo stream)
    {
        response.ContentType = stream.Config.ContentType;
        response.ContentLength = 0;
        StreamAnswer.SetPosition(response, stream.Tail, stream.IsClosed);
    }

    private static StreamError ErrorOf(CreateOutcome outcome) =>
        outcome switch
        {
            CreateOutcome.NameGone => StreamError.NameGone,
            CreateOutcome.SourceNotFound => StreamError.SourceNotFound,
            CreateOutcome.SourceGone => StreamError.SourceGone,
            CreateOutcome.ForkTooDeep => StreamError.ForkTooDeep,
            CreateOutcome.ForkPastTail => StreamError.ForkPoint,
            _ => StreamError.Busy,
        };
}
