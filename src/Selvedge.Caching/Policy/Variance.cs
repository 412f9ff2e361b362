using System.Security.Cryptography;
using System.Text;
using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <summary>
/// What selects a stored response among those of one resource: the request fields its <c>Vary</c> names, with the values they had
/// (RFC 9111 section 4.1).
/// </summary>
public sealed class Variance
{
    // Longer values are kept as their digest: a client must not be able to fill the cache with what it sends.
    private const int LongestValue = 256;

    private readonly string[] _names;
    private readonly string?[] _values;

    private readonly string? _language;

    private Variance(string[] names, string?[] values, string? language)
    {
        _names = names;
        _values = values;
        _language = language;
    }

    /// <summary>A response that is the same for every request.</summary>
    public static Variance None { get; } = new([], [], language: null);

    /// <summary>The names, lower case.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>What a stored response costs for its values, in characters.</summary>
    public int Length => _values.Sum(value => value?.Length ?? 0);

    /// <summary>
    /// Whether a <c>Vary</c> makes a response useless to others: <c>*</c>, or the fields that tell one visitor from the next.
    /// </summary>
    public static bool IsUnbounded(string? vary) =>
        vary is not null
        && FieldList.Split(vary).Exists(name => name is "*" || name.Equals("cookie", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a response's <c>Vary</c> and takes the values from its request.</summary>
    /// <param name="vary">All its lines joined, if there are any.</param>
    /// <param name="request">The request the response answers.</param>
    /// <param name="language">The response's <c>Content-Language</c>, if it has one.</param>
    public static Variance Of(string? vary, IRequestFields request, string? language = null)
    {
        if (vary is null)
        {
            return None;
        }

        var names = FieldList
            .Split(vary)
            .Select(name => name.ToLowerInvariant())
            .Distinct(StringComparer.Ordinal)
            .Order()
            .ToArray();
        return names.Length == 0 ? None : new(names, Array.ConvertAll(names, name => ValueOf(request, name)), language);
    }

    /// <summary>Whether a request selects the response that has this variance.</summary>
    public bool Matches(IRequestFields request)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (
                !string.Equals(_values[i], ValueOf(request, _names[i]), StringComparison.Ordinal) && !IsWanted(_names[i], request)
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether both select the same requests.</summary>
    public bool IsSame(Variance other) =>
        _names.AsSpan().SequenceEqual(other._names) && _values.AsSpan().SequenceEqual(other._values);

    /// <summary>A text that two requests share exactly if this variance's names cannot tell them apart.</summary>
    public string KeyOf(IRequestFields request) => KeyOf(_names, request);

    /// <summary>The text of the request that a response with this variance answers.</summary>
    internal string Key => Compose(_names, _values);

    /// <inheritdoc cref="KeyOf(IRequestFields)"/>
    internal static string KeyOf(IReadOnlyList<string> names, IRequestFields request) =>
        names.Count == 0 ? "" : Compose(names, [.. names.Select(name => ValueOf(request, name))]);

    /// <summary>What it consists of, to be kept elsewhere.</summary>
    internal (IReadOnlyList<string> Names, IReadOnlyList<string?> Values, string? Language) Parts => (_names, _values, _language);

    /// <summary>Puts one together again from its <see cref="Parts"/>.</summary>
    internal static Variance FromParts(string[] names, string?[] values, string? language) =>
        names.Length == 0 ? None : new(names, values, language);

    private static string Compose(IReadOnlyList<string> names, string?[] values)
    {
        if (names.Count == 0)
        {
            return "";
        }

        var key = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            key.Append(names[i]).Append('=').Append(values[i]?.Length ?? -1).Append(':').Append(values[i]).Append('\n');
        }

        return key.ToString();
    }

    // A response in the very language a request wants most is what the origin would choose for it, however else it asks.
    private bool IsWanted(string name, IRequestFields request) =>
        _language is not null
        && name == "accept-language"
        && request.Get(name) is { } wanted
        && string.Equals(LanguagePreference.First(wanted), _language, StringComparison.OrdinalIgnoreCase);

    private static string? ValueOf(IRequestFields request, string name)
    {
        if (request.Get(name) is not { } value)
        {
            return null;
        }

        var normal = Normalise(name, value);
        return normal.Length <= LongestValue ? normal : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal)));
    }

    // Only what cannot change an answer: space around list members, and the case of language and coding names.
    private static string Normalise(string name, string value)
    {
        if (value.AsSpan().IndexOfAny(", \t") >= 0)
        {
            value = string.Join(',', FieldList.Split(value));
        }

        return name is "accept-language" or "accept-encoding" ? value.ToLowerInvariant() : value;
    }
}
