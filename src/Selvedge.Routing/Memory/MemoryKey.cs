namespace Selvedge.Routing.Memory;

/// <summary>What every decision depends on.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path as the client encoded it.</param>
/// <param name="Query">The query as the client encoded it.</param>
internal readonly record struct MemoryKey(string Method, string Path, string Query);
