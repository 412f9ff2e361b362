namespace Selvedge.Streams.Subscriptions;

/// <summary>Why a subscription did not do what was asked.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record SubscriptionFault(SubscriptionFaultReason Reason, string Sentence)
{
    /// <summary>Who has the work, for <see cref="SubscriptionFaultReason.AlreadyClaimed"/>.</summary>
    public string? Holder { get; init; }

    /// <summary>Of which wake.</summary>
    public long? Generation { get; init; }

    internal static readonly SubscriptionFault NotFound = new(
        SubscriptionFaultReason.SubscriptionNotFound,
        "There is no subscription of that name."
    );
}
