using System.Buffers.Text;

namespace Selvedge.Functions.Wire;

/// <summary>Reads the body of one response off a connection, as it is framed (RFC 9112 sections 6 and 7).</summary>
/// <param name="connection">The connection, after the head.</param>
/// <param name="framing">How the body ends.</param>
/// <param name="length">Its length, if that is how.</param>
/// <param name="maxTrailerBytes">The most bytes of a trailer section, which is dropped.</param>
internal sealed class ResponseBodyReader(Http1Connection connection, BodyFraming framing, long length, int maxTrailerBytes)
{
    /// <summary>Sixteen hexadecimal digits and an extension that nobody sends.</summary>
    private const int MaxChunkLine = 256;

    // Of the body under Length, of the current chunk under Chunked.
    private long _remaining = framing == BodyFraming.Length ? length : 0;
    private bool _insideChunk;

    /// <summary>Whether all of the body has been read, and nothing but the body.</summary>
    public bool IsComplete { get; private set; } = framing == BodyFraming.None;

    /// <summary>Reads what has arrived.</summary>
    /// <returns>How many bytes were read; 0 exactly at the end.</returns>
    /// <exception cref="IOException">The body breaks off, or is malformed.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (IsComplete || buffer.IsEmpty)
        {
            return 0;
        }

        if (framing == BodyFraming.Chunked && _remaining == 0 && !await NextChunkAsync())
        {
            return 0;
        }

        if (framing == BodyFraming.Close)
        {
            var received = await connection.ReadAsync(buffer);
            IsComplete = received == 0;
            return received;
        }

        var count = await connection.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _remaining)]);
        if (count == 0)
        {
            throw new EndOfStreamException("The connection ended before the body did.");
        }

        _remaining -= count;
        IsComplete = framing == BodyFraming.Length && _remaining == 0;
        return count;
    }

    // Answers whether there is another chunk.
    private async ValueTask<bool> NextChunkAsync()
    {
        if (_insideChunk)
        {
            await SkipLineEndAsync();
        }

        _insideChunk = true;
        var line = await WaitForLineAsync(MaxChunkLine);
        _remaining = ParseChunkSize(connection.Buffered[..line]);
        connection.Consume(line + 2);
        if (_remaining > 0)
        {
            return true;
        }

        await SkipTrailersAsync();
        IsComplete = true;
        return false;
    }

    private async ValueTask SkipLineEndAsync()
    {
        while (connection.Buffered.Length < 2)
        {
            await FillAsync();
        }

        if (!connection.Buffered.StartsWith("\r\n"u8))
        {
            throw new InvalidDataException("A chunk is longer than its size.");
        }

        connection.Consume(2);
    }

    private async ValueTask SkipTrailersAsync()
    {
        var left = maxTrailerBytes;
        int line;
        do
        {
            line = await WaitForLineAsync(left);
            left -= line + 2;
            connection.Consume(line + 2);
        } while (line > 0);
    }

    // Answers the length of the line at the beginning of the buffer, once it is there.
    private async ValueTask<int> WaitForLineAsync(int maxLength)
    {
        int line;
        while ((line = connection.Buffered.IndexOf("\r\n"u8)) < 0)
        {
            if (connection.Buffered.Length > maxLength)
            {
                throw new InvalidDataException("A line of the chunked body is too long.");
            }

            await FillAsync();
        }

        return line;
    }

    private async ValueTask FillAsync()
    {
        if (!await connection.FillAsync())
        {
            throw new EndOfStreamException("The connection ended before the body did.");
        }
    }

    /// <summary>RFC 9112 section 7.1: hexadecimal digits, and perhaps an extension after a semicolon.</summary>
    private static long ParseChunkSize(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long size, out var consumed, 'x')
        && size >= 0
        && (consumed == text.Length || text[consumed] is (byte)';' or (byte)' ' or (byte)'\t')
            ? size
            : throw new InvalidDataException("The size of a chunk is malformed.");
}
