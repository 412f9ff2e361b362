namespace Selvedge.Caching;

/// <summary>What of a key may stand in a log.</summary>
internal static class LoggedKey
{
    /// <summary>The key without the query and whatever follows it: both may carry what only the client may know, such as tokens.</summary>
    public static string Of(string key)
    {
        var end = key.AsSpan().IndexOfAny('?', '\n');
        return end < 0 ? key : key[..end];
    }
}
