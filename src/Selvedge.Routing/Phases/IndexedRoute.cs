namespace Selvedge.Routing.Phases;

/// <summary>A route and its place in its phase.</summary>
/// <param name="Order">Its position among the phase's routes.</param>
/// <param name="Route">The route.</param>
internal readonly record struct IndexedRoute(int Order, CompiledRoute Route);
