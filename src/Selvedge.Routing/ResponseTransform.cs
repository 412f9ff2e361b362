namespace Selvedge.Routing;

/// <summary>A change to whichever of the answer's headers a test selects.</summary>
/// <param name="Kind">What is done. Nothing is created: only headers that exist are selected.</param>
/// <param name="Selects">Whether a header is selected, by its lower-case name.</param>
/// <param name="Value">The new or added value; for a deletion the only value to remove, or <see langword="null"/> for all.</param>
public sealed record ResponseTransform(HeaderChangeKind Kind, Func<string, bool> Selects, string? Value);
