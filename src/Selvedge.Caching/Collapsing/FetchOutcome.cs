using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching.Collapsing;

/// <summary>How a fetch went; <paramref name="Kind"/> says which of the properties count.</summary>
public sealed record FetchOutcome(FetchOutcomeKind Kind)
{
    public static FetchOutcome Abandoned { get; } = new(FetchOutcomeKind.Abandoned);

    /// <summary>The response for all.</summary>
    public StoredResponse? Response { get; init; }

    /// <summary>What those who get the response are told about it.</summary>
    public CacheVerdict Verdict { get; init; }

    /// <summary>Whether the response is an error, which only requests without credentials share.</summary>
    public bool IsSharedError { get; init; }

    /// <summary>How far the resource had got when the response was made.</summary>
    public long Version { get; init; }

    /// <summary>Why it was not stored.</summary>
    public NotStored NotStored { get; init; }

    /// <summary>The status the origin answered with.</summary>
    public int? OriginStatus { get; init; }

    /// <summary>What the follower before was told. Two who write it at once write the same, or what the next will not use.</summary>
    internal CacheStatus? Told { get; set; }

    /// <summary>Why there is no answer.</summary>
    public FetchFailure? Failure { get; init; }
}
