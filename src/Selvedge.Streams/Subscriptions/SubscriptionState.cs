namespace Selvedge.Streams.Subscriptions;

/// <summary>Everything about a subscription that must outlive the process. Stored as JSON in a stream of its own.</summary>
public sealed class SubscriptionState
{
    public required string Project { get; init; }

    public required string Id { get; init; }

    public required SubscriptionConfig Config { get; init; }

    /// <summary>The address of this server that callbacks go to.</summary>
    public required string BaseUrl { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<SubscriptionLink> Links { get; init; } = [];

    /// <summary>Counts the wakes; whoever holds an older one is fenced off.</summary>
    public long Generation { get; set; }

    /// <summary>The present wake; null when nobody has been woken.</summary>
    public string? WakeId { get; set; }

    /// <summary>Who works on the wake, for pull-wake.</summary>
    public string? Holder { get; set; }

    /// <summary>When the work is given out again if nothing is heard; null when no lease runs.</summary>
    public DateTimeOffset? LeaseEnds { get; set; }

    /// <summary>When the webhook is tried again; null when no attempt is due.</summary>
    public DateTimeOffset? NextAttempt { get; set; }

    /// <summary>How often the webhook has failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Which of its journal's streams the state is written to.</summary>
    public long JournalNumber { get; set; }

    /// <summary>The link to a stream, if there is one.</summary>
    public SubscriptionLink? Find(string path) => Links.Find(link => link.Path == path);

    /// <summary>Nobody works on anything any more.</summary>
    public void EndWake()
    {
        WakeId = null;
        Holder = null;
        LeaseEnds = null;
        NextAttempt = null;
        Failures = 0;
        foreach (var link in Links)
            link.Snapshot = null;
    }
}
