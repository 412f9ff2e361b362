namespace Selvedge.Streams.Subscriptions;

/// <summary>What a subscription is made with. Asking for it again with the same values confirms it.</summary>
public sealed record SubscriptionConfig
{
    /// <summary>The shortest, the usual and the longest lease.</summary>
    public const int MinLeaseMilliseconds = 1_000;
    public const int DefaultLeaseMilliseconds = 30_000;
    public const int MaxLeaseMilliseconds = 600_000;

    public required SubscriptionType Type { get; init; }

    /// <summary>Streams to follow by name: <c>*</c> stands for one segment, <c>**</c> for any number.</summary>
    public string? Pattern { get; init; }

    /// <summary>Streams to follow, named one by one; sorted, each once.</summary>
    public IReadOnlyList<string> Streams { get; init; } = [];

    /// <summary>Where to call, for <see cref="SubscriptionType.Webhook"/>.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Where to put wake events, for <see cref="SubscriptionType.PullWake"/>.</summary>
    public string? WakeStream { get; init; }

    /// <summary>How long a subscriber may be silent before its work is given out again.</summary>
    public int LeaseMilliseconds { get; init; } = DefaultLeaseMilliseconds;

    public string? Description { get; init; }

    /// <summary>Whether both ask for the same subscription.</summary>
    public bool IsSame(SubscriptionConfig other) =>
        this with { Streams = other.Streams } == other && Streams.SequenceEqual(other.Streams, StringComparer.Ordinal);
}
