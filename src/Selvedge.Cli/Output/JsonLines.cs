using System.Buffers;
using System.Text.Json;

namespace Selvedge.Cli.Output;

/// <summary>Turns a page of a JSON stream, which is an array, into lines: a message each.</summary>
internal static class JsonLines
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 4096 };

    /// <summary>
    /// The messages as they were written, except that line breaks become spaces: JSON has them between tokens only, where they mean
    /// the same. A page that is no array stays as it is.
    /// </summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> page)
    {
        try
        {
            return Split(page);
        }
        catch (JsonException)
        {
            return page;
        }
    }

    private static ReadOnlySpan<byte> Split(ReadOnlySpan<byte> page)
    {
        var lines = new ArrayBufferWriter<byte>(page.Length);
        var reader = new Utf8JsonReader(page, Options);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return page;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var message = page[start..(int)reader.BytesConsumed];
            var line = lines.GetSpan(message.Length + 1);
            message.CopyTo(line);
            line[..message.Length].Replace((byte)'\n', (byte)' ');
            line[..message.Length].Replace((byte)'\r', (byte)' ');
            line[message.Length] = (byte)'\n';
            lines.Advance(message.Length + 1);
        }

        return lines.WrittenSpan;
    }
}
