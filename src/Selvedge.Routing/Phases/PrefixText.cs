namespace Selvedge.Routing.Phases;

/// <summary>Folds the case of ASCII letters, the only ones the index tells apart.</summary>
internal static class PrefixText
{
    /// <summary>A character's lower case.</summary>
    public static char Fold(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    /// <summary>The part of a beginning that the index can use: as far as it is ASCII, lower case.</summary>
    public static string Fold(string prefix)
    {
        var length = prefix.AsSpan().IndexOfAnyExceptInRange('\0', '\x7f');
        return (length < 0 ? prefix : prefix[..length]).ToLowerInvariant();
    }

    /// <summary>Whether a text begins with another that is folded already.</summary>
    public static bool StartsWith(ReadOnlySpan<char> text, string folded)
    {
        if (text.Length < folded.Length)
            return false;
        for (var i = 0; i < folded.Length; i++)
        {
            if (Fold(text[i]) != folded[i])
                return false;
        }

        return true;
    }
}
