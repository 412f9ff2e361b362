using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Engine;

/// <summary>Decides what becomes of an append. Pure: it looks at the stream and the request and changes neither.</summary>
/// <remarks>
/// When several things are wrong, the order is the protocol's: a stale producer first, since it must learn that it was replaced even
/// from a closed stream; then closed, content type, producer sequence, and the coordination value last.
/// </remarks>
internal static class AppendRules
{
    public static AppendResult Decide(StreamState stream, in AppendToStream request)
    {
        ProducerState? known = null;
        if (request.Producer is { } claim && stream.Producers?.TryGetValue(claim.Id, out var state) == true)
            known = state;

        if (request.Producer is { } stale && known?.Epoch > stale.Epoch)
            return Refuse(stream, AppendOutcome.StaleEpoch, known.Value.Epoch, known.Value.LastSequence);
        if (stream.IsClosed)
            return DecideClosed(stream, request);
        if (request.ContentType is { } type && !MediaType.Same(type, stream.Config.ContentType))
            return Refuse(stream, AppendOutcome.ContentTypeMismatch);
        if (request.Producer is { } producer && DecideProducer(stream, producer, known) is { } refusal)
            return refusal;
        if (request.Sequence is { } next && stream.LastSequence is { } last && string.CompareOrdinal(next, last) <= 0)
            return Refuse(stream, AppendOutcome.SequenceRegression);
        if (stream.Tail > StreamOffset.MaxPosition - request.Content.Length)
            return Refuse(stream, AppendOutcome.StreamFull);

        return new AppendResult(
            AppendOutcome.Appended,
            stream.Tail + request.Content.Length,
            request.Close,
            request.Producer?.Epoch ?? 0,
            request.Producer?.Sequence ?? 0
        );
    }

    private static AppendResult DecideClosed(StreamState stream, in AppendToStream request)
    {
        // A retry of the close itself is a success, whatever its body says now.
        if (request.Producer is { } producer)
        {
            return stream.ClosedBy == producer
                ? new AppendResult(AppendOutcome.Duplicate, stream.Tail, IsClosed: true, producer.Epoch, producer.Sequence)
                : Refuse(stream, AppendOutcome.Closed);
        }

        return request.Content.IsEmpty ? Refuse(stream, AppendOutcome.Duplicate) : Refuse(stream, AppendOutcome.Closed);
    }

    private static AppendResult? DecideProducer(StreamState stream, in ProducerClaim claim, ProducerState? known)
    {
        if (known is not { } state)
            return claim.Sequence == 0 ? null : Refuse(stream, AppendOutcome.SequenceGap, claim.Epoch, 0);
        if (claim.Epoch > state.Epoch)
            return claim.Sequence == 0 ? null : Refuse(stream, AppendOutcome.EpochStart, state.Epoch, state.LastSequence);
        if (claim.Sequence <= state.LastSequence)
            return Refuse(stream, AppendOutcome.Duplicate, state.Epoch, state.LastSequence);
        return claim.Sequence == state.LastSequence + 1
            ? null
            : Refuse(stream, AppendOutcome.SequenceGap, state.Epoch, state.LastSequence + 1);
    }

    private static AppendResult Refuse(StreamState stream, AppendOutcome outcome, long epoch = 0, long sequence = 0) =>
        new(outcome, stream.Tail, stream.IsClosed, epoch, sequence);
}
