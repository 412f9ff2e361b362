namespace Selvedge.Routing;

/// <summary>One change to a header.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">The field name, lower case.</param>
/// <param name="Value">The new or added value; for a deletion the only value to remove, or <see langword="null"/> for all.</param>
public readonly record struct HeaderChange(HeaderChangeKind Kind, string Name, string? Value);
