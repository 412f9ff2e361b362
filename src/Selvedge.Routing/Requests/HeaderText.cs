using System.Buffers;

namespace Selvedge.Routing.Requests;

/// <summary>What may stand in a header (RFC 9110, section 5).</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~"
    );

    /// <summary>Whether a text is a field name.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Whether a text may be a field value: no control characters but tabs, so that it cannot end its line.</summary>
    public static bool IsValue(string text)
    {
        foreach (var c in text)
        {
            if (c is (< ' ' and not '\t') or '\x7f')
                return false;
        }

        return true;
    }
}
