using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Estuaries;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Answers POST: adds bytes to a stream, closes it, or both.</summary>
/// <param name="store">Holds the streams.</param>
/// <param name="subscriptions">Told of what was added.</param>
/// <param name="estuaries">Told of what was added.</param>
/// <param name="options">The limits.</param>
/// <param name="metrics">Counts.</param>
/// <param name="announce">Finishes the answer to what was accepted; null for the protocol's own, which has no body.</param>
internal sealed class AppendHandler(
    IStreamStore store,
    SubscriptionHub subscriptions,
    EstuaryHub estuaries,
    StreamOptions options,
    StreamMetrics metrics,
    Func<HttpContext, StreamName, AppendResult, Task>? announce = null
)
{
    // It is kept with the stream, so it must not be a way to store more than an append may hold.
    private const int MaxSequenceLength = 1024;

    public async Task HandleAsync(HttpContext http, StreamName name)
    {
        var headers = http.Request.Headers;
        if (
            !ProducerClaim.TryParse(
                headers[StreamHeaders.ProducerId],
                headers[StreamHeaders.ProducerEpoch],
                headers[StreamHeaders.ProducerSequence],
                out var producer,
                out var fault
            )
        )
        {
            await StreamError.Bad("INVALID_PRODUCER", fault!).WriteAsync(http);
            return;
        }

        // What an estuary has been given is told by these producers; nobody may say it in their place.
        if (producer?.Id.StartsWith(EstuaryHub.Producer, StringComparison.Ordinal) == true)
        {
            await StreamError
                .Bad(
                    "INVALID_PRODUCER",
                    $"Producer-Id must not begin with {EstuaryHub.Producer}: the server delivers under such names."
                )
                .WriteAsync(http);
            return;
        }

        string? sequence = headers[StreamHeaders.Sequence];
        if (sequence?.Length is 0 or > MaxSequenceLength)
        {
            await StreamError.InvalidSequence.WriteAsync(http);
            return;
        }

        using var body = new PooledBuffer();
        if (!await LimitedBody.TryReadAsync(http, options.MaxAppendBytes, body))
        {
            await StreamError.TooLarge.WriteAsync(http);
            return;
        }

        var request = new AppendToStream
        {
            Content = body.Written,
            ContentType = http.Request.ContentType,
            Close = StreamHeaders.IsTrue(headers[StreamHeaders.Closed]),
            Producer = producer,
            Sequence = sequence,
        };
        if (request.Content.IsEmpty)
            await CloseAsync(http, name, request);
        else
            await AppendAsync(http, name, request);
    }

    private async Task CloseAsync(HttpContext http, StreamName name, AppendToStream request)
    {
        if (!request.Close)
        {
            // A stream that is not there is the greater news.
            var found = await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted);
            var error = found.Stream is null ? MetadataHandler.Missing(found.Presence) : StreamError.EmptyBody;
            await error.WriteAsync(http);
            return;
        }

        // Without a body the content type says nothing, so it is not compared.
        await SendAsync(http, name, request with { ContentType = null });
    }

    private async Task AppendAsync(HttpContext http, StreamName name, AppendToStream request)
    {
        if (string.IsNullOrWhiteSpace(request.ContentType))
        {
            await StreamError.ContentTypeMissing.WriteAsync(http);
            return;
        }

        if (!MediaType.IsJson(request.ContentType))
        {
            await SendAsync(http, name, request);
            return;
        }

        using var stored = new PooledBuffer();
        var messages = JsonMessages.Flatten(request.Content.Span, stored);
        if (messages > 0)
        {
            await SendAsync(http, name, request with { Content = stored.Written });
            return;
        }

        var error = messages < 0 ? StreamError.InvalidJson : StreamError.EmptyArray;
        await (await RefusalBeforeBodyAsync(http, name, request) ?? error).WriteAsync(http);
    }

    /// <summary>What would be wrong with the request even if its body were right; that is the better thing to tell.</summary>
    private async Task<StreamError?> RefusalBeforeBodyAsync(HttpContext http, StreamName name, AppendToStream request)
    {
        var found = await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted);
        if (found.Stream is not { } stream)
            return MetadataHandler.Missing(found.Presence);
        return MediaType.Same(request.ContentType!, stream.Config.ContentType) ? null : StreamError.ContentType;
    }

    private async Task SendAsync(HttpContext http, StreamName name, AppendToStream request)
    {
        var result = await store.AppendAsync(name.Key, request, http.RequestAborted);
        var response = http.Response;
        metrics.Appended(result.Outcome, request.Content.Length);
        if (result.Outcome is AppendOutcome.Appended or AppendOutcome.Duplicate)
        {
            // Those who follow the stream know before the writer does, so that a claim right after an append finds its work.
            if (!request.Content.IsEmpty && !subscriptions.IsEmpty)
                await subscriptions.AppendedAsync(name.Project, name.Id);
            if (!request.Content.IsEmpty)
                estuaries.Appended(name.Project, name.Id);
            var isNew = result.Outcome is AppendOutcome.Appended && request.Producer is not null && !request.Content.IsEmpty;
            response.StatusCode = isNew ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
            StreamAnswer.SetPosition(response, result.Tail, result.IsClosed);
            if (request.Producer is not null)
                SetProducer(response, result);
            if (announce is not null)
                await announce(http, name, result);
            return;
        }

        SetRefusal(response, request, result);
        await ErrorOf(result.Outcome).WriteAsync(http);
    }

    private static void SetProducer(HttpResponse response, in AppendResult result)
    {
        response.Headers[StreamHeaders.ProducerEpoch] = Number(result.Epoch);
        response.Headers[StreamHeaders.ProducerSequence] = Number(result.ProducerSequence);
    }

    private static void SetRefusal(HttpResponse response, in AppendToStream request, in AppendResult result)
    {
        switch (result.Outcome)
        {
            case AppendOutcome.Closed:
                StreamAnswer.SetPosition(response, result.Tail, closed: true);
                break;
            case AppendOutcome.StaleEpoch:
                response.Headers[StreamHeaders.ProducerEpoch] = Number(result.Epoch);
                break;
            case AppendOutcome.SequenceGap:
                response.Headers[StreamHeaders.ProducerExpectedSequence] = Number(result.ProducerSequence);
                response.Headers[StreamHeaders.ProducerReceivedSequence] = Number(request.Producer!.Value.Sequence);
                break;
        }
    }

    private static StreamError ErrorOf(AppendOutcome outcome) =>
        outcome switch
        {
            AppendOutcome.NotFound => StreamError.NotFound,
            AppendOutcome.Gone => StreamError.Gone,
            AppendOutcome.Closed => StreamError.Closed,
            AppendOutcome.ContentTypeMismatch => StreamError.ContentType,
            AppendOutcome.SequenceRegression => StreamError.Sequence,
            AppendOutcome.StaleEpoch => StreamError.StaleEpoch,
            AppendOutcome.EpochStart => StreamError.EpochStart,
            AppendOutcome.SequenceGap => StreamError.SequenceGap,
            AppendOutcome.StreamFull => StreamError.StreamFull,
            _ => StreamError.Busy,
        };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
