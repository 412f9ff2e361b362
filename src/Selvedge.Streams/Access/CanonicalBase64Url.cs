using System.Buffers.Text;

namespace Selvedge.Streams.Access;

/// <summary>Base64url as RFC 7515, section 2, has it: without padding, without white space, and with one spelling for every value.</summary>
/// <remarks>The runtime's decoder also takes padding, white space and stray bits at the end, so that one signature had many spellings.</remarks>
internal static class CanonicalBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>Decodes a text whose characters are known to be of the alphabet.</summary>
    /// <returns>False for an empty text, an impossible length, or bits left over that are not zero.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        var rest = text.Length % 4;
        if (text.IsEmpty || rest == 1)
            return false;
        var unused = rest switch
        {
            2 => 0b1111,
            3 => 0b11,
            _ => 0,
        };
        if ((Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & unused) != 0)
            return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
