using System.Buffers;
using System.Globalization;
using System.Text;

namespace Selvedge.BuildOutput.Paths;

/// <summary>Decodes the paths of URLs (RFC 3986 section 2.1).</summary>
internal static class PercentEncoding
{
    // The longest UTF-8 sequence of one character.
    private const int MaxSequence = 4;

    /// <summary>Decodes a path, strictly.</summary>
    /// <remarks>
    /// An escaped slash stays escaped, as <c>%2F</c>: it is data, not a separator (RFC 3986 section 2.2), and builders write it so
    /// in names of files.
    /// </remarks>
    /// <param name="path">The path as it came.</param>
    /// <param name="destination">Takes the result; never longer than <paramref name="path"/>.</param>
    /// <param name="written">The length of the result.</param>
    /// <returns>False for a broken escape, for bytes that are not UTF-8, and for NUL.</returns>
    public static bool TryDecodePath(ReadOnlySpan<char> path, Span<char> destination, out int written)
    {
        written = 0;
        Span<byte> sequence = stackalloc byte[MaxSequence];
        for (var i = 0; i < path.Length; )
        {
            if (path[i] != '%')
            {
                destination[written++] = path[i++];
                continue;
            }

            if (!TryReadCharacter(path[i..], sequence, out var character, out var consumed) || character.Value == 0)
                return false;
            i += consumed;
            if (character.Value == '/')
            {
                "%2F".CopyTo(destination[written..]);
                written += 3;
            }
            else
            {
                written += character.EncodeToUtf16(destination[written..]);
            }
        }

        return true;
    }

    // Reads escapes until they make one character.
    private static bool TryReadCharacter(ReadOnlySpan<char> escapes, Span<byte> sequence, out Rune character, out int consumed)
    {
        character = default;
        consumed = 0;
        for (var length = 1; length <= MaxSequence; length++)
        {
            if (!TryReadByte(escapes[consumed..], out sequence[length - 1]))
                return false;
            consumed += 3;
            var status = Rune.DecodeFromUtf8(sequence[..length], out character, out _);
            if (status != OperationStatus.NeedMoreData)
                return status == OperationStatus.Done;
        }

        return false;
    }

    private static bool TryReadByte(ReadOnlySpan<char> escape, out byte value)
    {
        value = 0;
        return escape.Length >= 3
            && escape[0] == '%'
            && byte.TryParse(escape.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
