using System.Text;

namespace Selvedge.Routing.Requests;

/// <summary>Reads and changes a query without taking it apart more than needed, so that <c>?a</c> and <c>?a=</c> stay different.</summary>
internal static class QueryString
{
    /// <summary>The first value of a key, decoded; empty for a key without value, <see langword="null"/> if the key is absent.</summary>
    public static string? First(string query, string key)
    {
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query.AsSpan(range);
            if (HasKey(pair, key))
                return Decode(pair[Math.Min(KeyLength(pair) + 1, pair.Length)..]);
        }

        return null;
    }

    /// <summary>The keys, decoded, each once.</summary>
    public static IReadOnlyList<string> Keys(string query)
    {
        var keys = new List<string>();
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query.AsSpan(range);
            if (pair.IsEmpty)
                continue;
            var key = Decode(pair[..KeyLength(pair)]);
            if (!keys.Contains(key))
                keys.Add(key);
        }

        return keys;
    }

    /// <summary>All pairs of one query, and those of another whose keys the first does not have.</summary>
    public static string Merge(string winner, string loser)
    {
        if (loser.Length == 0)
            return winner;
        if (winner.Length == 0)
            return loser;

        var keys = Keys(winner);
        var output = new StringBuilder(winner);
        foreach (var range in loser.AsSpan().Split('&'))
        {
            var pair = loser.AsSpan(range);
            if (!pair.IsEmpty && !HasAnyKey(pair, keys))
                Add(output, pair);
        }

        return output.ToString();
    }

    /// <summary>Gives a key these values and no others, where its first pair stood or else at the end.</summary>
    public static string Set(string query, string key, IReadOnlyList<string> values)
    {
        var output = new StringBuilder();
        var isSet = false;
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query.AsSpan(range);
            if (!HasKey(pair, key))
                Add(output, pair);
            else if (!isSet)
                AddAll(ref isSet);
        }

        if (!isSet)
            AddAll(ref isSet);
        return output.ToString();

        void AddAll(ref bool done)
        {
            foreach (var value in values)
                Add(output, Pair(key, value));
            done = true;
        }
    }

    /// <summary>Adds values to a key.</summary>
    public static string Append(string query, string key, IReadOnlyList<string> values)
    {
        var output = new StringBuilder(query);
        foreach (var value in values)
            Add(output, Pair(key, value));
        return output.ToString();
    }

    /// <summary>Removes a key, or only those of its values that are given (compared without regard to case).</summary>
    public static string Delete(string query, string key, IReadOnlyList<string> values)
    {
        var output = new StringBuilder();
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query.AsSpan(range);
            if (!HasKey(pair, key) || (values.Count > 0 && !HasValue(pair, values)))
                Add(output, pair);
        }

        return output.Length == query.Length ? query : output.ToString();
    }

    private static bool HasValue(ReadOnlySpan<char> pair, IReadOnlyList<string> values)
    {
        var value = Decode(pair[Math.Min(KeyLength(pair) + 1, pair.Length)..]);
        return values.Contains(value, StringComparer.OrdinalIgnoreCase);
    }

    private static bool HasAnyKey(ReadOnlySpan<char> pair, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            if (HasKey(pair, key))
                return true;
        }

        return false;
    }

    private static bool HasKey(ReadOnlySpan<char> pair, string key)
    {
        if (pair.IsEmpty)
            return false;
        var name = pair[..KeyLength(pair)];
        return name.ContainsAny('%', '+')
            ? string.Equals(Decode(name), key, StringComparison.Ordinal)
            : name.Equals(key, StringComparison.Ordinal);
    }

    private static int KeyLength(ReadOnlySpan<char> pair) => pair.IndexOf('=') is >= 0 and var equals ? equals : pair.Length;

    private static string Pair(string key, string value) => $"{Uri.EscapeDataString(key)}={Uri.EscapeDataString(value)}";

    private static void Add(StringBuilder output, ReadOnlySpan<char> pair)
    {
        if (pair.IsEmpty)
            return;
        if (output.Length > 0)
            output.Append('&');
        output.Append(pair);
    }

    private static string Decode(ReadOnlySpan<char> text) =>
        text.ContainsAny('%', '+') ? Uri.UnescapeDataString(text.ToString().Replace('+', ' ')) : text.ToString();
}
