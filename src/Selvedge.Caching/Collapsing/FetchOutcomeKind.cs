namespace Selvedge.Caching.Collapsing;

/// <summary>What those who wait for a fetch learn when its headers have arrived.</summary>
public enum FetchOutcomeKind
{
    /// <summary>The fetch was given up. Look again: one of those who waited will lead.</summary>
    Abandoned,

    /// <summary>There is a response for all, though its body may still be arriving.</summary>
    Shared,

    /// <summary>The response is for the lead alone. Ask the origin yourself: waiting again would form a queue.</summary>
    NotShared,

    /// <summary>The origin gave no answer.</summary>
    Failed,
}
