namespace Selvedge.Functions.Instances;

/// <summary>A place of the budget that is being given up.</summary>
/// <param name="Freed">Completes when it is free.</param>
internal readonly record struct FreedPlace(Task Freed);
