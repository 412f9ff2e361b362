using System.Buffers;

namespace Selvedge.BuildOutput.Configuration;

/// <summary>The grammar of header fields (RFC 9110 section 5), for headers that a configuration sets.</summary>
internal static class HeaderSyntax
{
    private static readonly SearchValues<char> TokenChars = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    );

    /// <summary>Whether a text may name a header.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenChars);

    /// <summary>Whether a text may be a header's value: no control characters but the tab.</summary>
    public static bool IsValue(string text) => !text.Any(static c => char.IsControl(c) && c != '\t');
}
