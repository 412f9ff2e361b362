namespace Selvedge.Streams.Subscriptions;

/// <summary>A subscription as it was at one moment.</summary>
public sealed record SubscriptionView(
    string Id,
    SubscriptionConfig Config,
    DateTimeOffset CreatedAt,
    bool IsFailing,
    IReadOnlyList<SubscribedStream> Streams
);
