using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Selvedge.Streams.Protocol;

/// <summary>The stored form of a JSON stream, and the way back to the array a reader gets.</summary>
/// <remarks>
/// Every message is kept as the client wrote it, byte for byte, and ended with the record separator of RFC 7464 (0x1E). That byte
/// cannot occur inside a JSON text, so the stored bytes carry their own message boundaries: a position is a boundary exactly when the
/// byte before it is a separator, the nth message ends at the nth separator, and a page becomes an array by turning separators into
/// commas. Nothing is parsed on a read.
/// </remarks>
public static class JsonMessages
{
    /// <summary>Ends every stored message.</summary>
    public const byte Separator = 0x1E;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1024 };

    /// <summary>Turns one request body into stored messages, flattening an array by exactly one level.</summary>
    /// <param name="body">The body as it was sent.</param>
    /// <param name="stored">Receives the messages.</param>
    /// <returns>How many messages there were; -1 when the body is not JSON.</returns>
    public static int Flatten(ReadOnlySpan<byte> body, IBufferWriter<byte> stored)
    {
        // The reader below checks syntax only; a string with broken UTF-8 would poison every later read.
        if (!Utf8.IsValid(body))
            return -1;
        try
        {
            return Flatten(body, stored, new Utf8JsonReader(body, Options));
        }
        catch (JsonException)
        {
            return -1;
        }
    }

    /// <summary>Turns stored messages into the inside of an array, in place, and returns it without the last separator.</summary>
    public static Span<byte> ToArrayInside(Span<byte> stored)
    {
        if (stored.IsEmpty)
            return stored;
        var inside = stored[..^1];
        inside.Replace(Separator, (byte)',');
        return inside;
    }

    private static int Flatten(ReadOnlySpan<byte> body, IBufferWriter<byte> stored, Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (reader.Read())
                return -1;
            Store(body[start..end], stored);
            return 1;
        }

        // Two passes, so that nothing is stored of a body that turns out to be broken at its end.
        var count = 0;
        var check = reader;
        while (check.Read() && check.CurrentDepth > 0)
        {
            check.Skip();
            count++;
        }

        if (check.Read())
            return -1;
        for (var i = 0; i < count; i++)
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            Store(body[start..(int)reader.BytesConsumed], stored);
        }

        return count;
    }

    private static void Store(ReadOnlySpan<byte> message, IBufferWriter<byte> stored)
    {
        var target = stored.GetSpan(message.Length + 1);
        message.CopyTo(target);
        target[message.Length] = Separator;
        stored.Advance(message.Length + 1);
    }
}
