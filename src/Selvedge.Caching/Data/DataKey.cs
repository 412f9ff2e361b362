namespace Selvedge.Caching.Data;

/// <summary>Names an item.</summary>
/// <param name="Scope">Whose it is.</param>
/// <param name="Key">Its key there.</param>
internal readonly record struct DataKey(string Scope, string Key)
{
    /// <summary>The name on disk. Its first part says its own length, so that no scope and key look like another pair.</summary>
    public override string ToString() => $"{Scope.Length}:{Scope}/{Key}";
}
