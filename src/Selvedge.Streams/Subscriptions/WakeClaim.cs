namespace Selvedge.Streams.Subscriptions;

/// <summary>Work a subscriber has been given.</summary>
public sealed record WakeClaim(
    string WakeId,
    long Generation,
    string Token,
    IReadOnlyList<SubscribedStream> Streams,
    int LeaseMilliseconds
);
