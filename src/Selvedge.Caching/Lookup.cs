using Selvedge.Caching.Policy;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching;

/// <summary>What a look into the store found.</summary>
/// <param name="Response">The response that the request selects.</param>
/// <param name="Reuse">What may be done with it.</param>
/// <param name="Forward">Why the origin must be asked, if it must.</param>
/// <param name="Age">The response's age.</param>
/// <param name="Known">Any response of the resource, whose <c>Vary</c> tells variants apart.</param>
internal readonly record struct Lookup(
    StoredResponse? Response,
    Reuse Reuse,
    Forward Forward,
    TimeSpan Age,
    StoredResponse? Known
);
