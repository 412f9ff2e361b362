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

    /// <summary>Answers one request. Nothing between this method and the store waits, as each that did would be kept once per append.</summary>
    public async Task HandleAsync(HttpContext http, StreamName name)
    {
        if (Understand(http.Request.Headers, out var request) is { } fault)
        {
            await fault.WriteAsync(http);
            return;
        }

        using var body = new PooledBuffer();
        if (!await LimitedBody.TryReadAsync(http, options.MaxAppendBytes, body))
        {
            await StreamError.TooLarge.WriteAsync(http);
            return;
        }

        using var messages = new PooledBuffer();
        if (TakeContent(http.Request.ContentType, body, messages, ref request) is { } error)
        {
            await RefuseBodyAsync(http, name, request, error);
            return;
        }

        // It happens whether its sender waits for it or not, so there is nothing to cancel.
        var result = await store.AppendAsync(name.Key, request, CancellationToken.None);
        metrics.Appended(result.Outcome, request.Content.Length);
        if (result.Outcome is AppendOutcome.Appended or AppendOutcome.Duplicate)
            await AcceptAsync(http, name, request, result);
        else
            await RefuseAsync(http, request, result);
    }

    /// <summary>What the headers say, or what is wrong with them.</summary>
    private static StreamError? Understand(IHeaderDictionary headers, out AppendToStream request)
    {
        request = default;
        if (
            !ProducerClaim.TryParse(
                headers[StreamHeaders.ProducerId],
                headers[StreamHeaders.ProducerEpoch],
                headers[StreamHeaders.ProducerSequence],
                out var producer,
                out var fault
            )
        )
            return StreamError.Bad("INVALID_PRODUCER", fault!);

        // What an estuary has been given is told by these producers; nobody may say it in their place.
        if (producer?.Id.StartsWith(EstuaryHub.Producer, StringComparison.Ordinal) == true)
        {
            return StreamError.Bad(
                "INVALID_PRODUCER",
                $"Producer-Id must not begin with {EstuaryHub.Producer}: the server delivers under such names."
            );
        }

        string? sequence = headers[StreamHeaders.Sequence];
        if (sequence?.Length is 0 or > MaxSequenceLength)
            return StreamError.InvalidSequence;
        request = new AppendToStream
        {
            Close = StreamHeaders.IsTrue(headers[StreamHeaders.Closed]),
            Producer = producer,
            Sequence = sequence,
        };
        return null;
    }

    /// <summary>Puts the body into the request in the form it is stored in, or says what is wrong with it.</summary>
    /// <remarks>Without a body the content type says nothing, so it is not compared.</remarks>
    private static StreamError? TakeContent(string? type, PooledBuffer body, PooledBuffer messages, ref AppendToStream request)
    {
        if (body.Length == 0)
            return request.Close ? null : StreamError.EmptyBody;
        if (string.IsNullOrWhiteSpace(type))
            return StreamError.ContentTypeMissing;
        request = request with { ContentType = type, Content = body.Written };
        if (!MediaType.IsJson(type))
            return null;
        var count = JsonMessages.Flatten(body.Written.Span, messages);
        request = request with { Content = messages.Written };
        return count switch
        {
            > 0 => null,
            0 => StreamError.EmptyArray,
            _ => StreamError.InvalidJson,
        };
    }

    /// <summary>Tells what is wrong with a body, unless something would be wrong even if it were right: that is the better thing to tell.</summary>
    private async Task RefuseBodyAsync(HttpContext http, StreamName name, AppendToStream request, StreamError error)
    {
        // Without a type nothing can be compared with the stream's.
        if (!ReferenceEquals(error, StreamError.ContentTypeMissing))
        {
            var found = await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted);
            if (found.Stream is not { } stream)
                error = MetadataHandler.Missing(found.Presence);
            else if (request.ContentType is { } type && !MediaType.Same(type, stream.Config.ContentType))
                error = StreamError.ContentType;
        }

        await error.WriteAsync(http);
    }

    private async ValueTask AcceptAsync(HttpContext http, StreamName name, AppendToStream request, AppendResult result)
    {
        // Those who follow the stream know before the writer does, so that a claim right after an append finds its work.
        if (!request.Content.IsEmpty && !subscriptions.IsEmpty)
            await subscriptions.AppendedAsync(name.Project, name.Id);
        if (!request.Content.IsEmpty)
            estuaries.Appended(name.Project, name.Id);
        var response = http.Response;
        var isNew = result.Outcome is AppendOutcome.Appended && request.Producer is not null && !request.Content.IsEmpty;
        response.StatusCode = isNew ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
        StreamAnswer.SetPosition(response, result.Tail, result.IsClosed);
        if (request.Producer is not null)
            SetProducer(response, result);
        if (announce is not null)
            await announce(http, name, result);
    }

    private static Task RefuseAsync(HttpContext http, in AppendToStream request, in AppendResult result)
    {
        SetRefusal(http.Response, request, result);
        return ErrorOf(result.Outcome).WriteAsync(http);
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
