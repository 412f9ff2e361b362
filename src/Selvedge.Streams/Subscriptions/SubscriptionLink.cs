namespace Selvedge.Streams.Subscriptions;

/// <summary>One stream a subscription follows.</summary>
public sealed class SubscriptionLink
{
    /// <summary>The acknowledged position of a stream nothing of which is acknowledged.</summary>
    public const long Nothing = -1;

    /// <summary>The stream's id within the project.</summary>
    public required string Path { get; init; }

    /// <summary>It was named.</summary>
    public bool IsExplicit { get; set; }

    /// <summary>It matches the pattern.</summary>
    public bool IsGlob { get; set; }

    /// <summary>Everything before this position is done.</summary>
    public long Acked { get; set; }

    /// <summary>The tail when the present wake was made; what a plain "done" acknowledges.</summary>
    public long? Snapshot { get; set; }
}
