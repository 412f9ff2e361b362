namespace Selvedge.Caching.Policy;

/// <summary>How long a stored response lives, worked out once when it is stored (RFC 9111 section 4.2).</summary>
public readonly record struct Freshness
{
    /// <summary>The freshness lifetime.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>How old the response was when its headers arrived (the corrected initial age).</summary>
    public TimeSpan InitialAge { get; init; }

    /// <summary>How long after its lifetime it may be served while one request fetches a new one (RFC 5861 section 3).</summary>
    public TimeSpan StaleWhileRevalidate { get; init; }

    /// <summary>How long after its lifetime it may stand in for an error (RFC 5861 section 4).</summary>
    public TimeSpan StaleIfError { get; init; }

    /// <summary>How long after its lifetime it may stand in for an origin that gives no answer at all.</summary>
    public TimeSpan StaleIfUnreachable { get; init; }

    /// <summary>Whether it must be validated before every use (<c>no-cache</c>).</summary>
    public bool AlwaysValidate { get; init; }

    /// <summary>Whether a client may ask for it stale (<c>max-stale</c>).</summary>
    public bool MayBeStale
    {
        // Kept as its opposite, so that true is what a new one has.
        get => !field;
        init => field = !value;
    }

    /// <summary>Whether it answers requests with credentials too: its origin says that it is for all.</summary>
    public bool AnswersCredentials { get; init; }

    /// <summary>What is left of its lifetime at an age; negative once it is stale.</summary>
    public TimeSpan TimeToLive(TimeSpan age) => AlwaysValidate ? -age : Lifetime - age;
}
