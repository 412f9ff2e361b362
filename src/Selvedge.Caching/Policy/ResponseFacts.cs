namespace Selvedge.Caching.Policy;

/// <summary>A response as it arrived.</summary>
/// <param name="Status">Its status code.</param>
/// <param name="Fields">Its header fields, one entry a line.</param>
/// <param name="RequestTime">When its request left.</param>
/// <param name="ResponseTime">When its headers arrived.</param>
public sealed record ResponseFacts(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Fields,
    DateTimeOffset RequestTime,
    DateTimeOffset ResponseTime
);
