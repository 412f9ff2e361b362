using Selvedge.Caching.Data;

namespace Selvedge.Server.Data;

/// <summary>What a token of the data cache's listener allows.</summary>
/// <param name="Function">The function that it was given to.</param>
/// <param name="Scope">The only part of the data cache that the function reaches.</param>
internal sealed record DataGrant(string Function, DataScope Scope);
