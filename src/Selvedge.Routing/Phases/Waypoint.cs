using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Phases;

/// <summary>Where a request has got to: what is saved before a detour and restored after it. Status and headers are not part of it.</summary>
/// <param name="Path">The live path.</param>
/// <param name="Query">The live query.</param>
/// <param name="Lead">The route whose destination led there; <see langword="null"/> for the client's own path.</param>
/// <param name="LeadMatch">What that route captured.</param>
internal readonly record struct Waypoint(string Path, string Query, CompiledRoute? Lead, PathMatch LeadMatch);
