namespace Selvedge.Caching.Data;

/// <summary>Names an item.</summary>
/// <param name="Scope">Whose it is.</param>
/// <param name="Key">Its key there.</param>
internal readonly record struct DataKey(string Scope, string Key);
