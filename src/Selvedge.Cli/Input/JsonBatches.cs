using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Selvedge.Cli.Input;

/// <summary>Gathers lines, a JSON message each, into arrays: as many as are there go to the server together.</summary>
internal static class JsonBatches
{
    private const int BufferBytes = 64 * 1024;
    private const int MaxLineBytes = 16 * 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1024 };

    /// <summary>Reads to the end, or to the first line that is not one JSON text. Blank lines are passed over.</summary>
    public static async IAsyncEnumerable<InputPart> ReadAsync(
        Stream input,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: BufferBytes));
        var number = 0;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var fault = Gather(ref buffer, result.IsCompleted, ref number, out var batch);
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (batch.WrittenCount > 0)
            {
                batch.Write("]"u8);
                yield return InputPart.Of(batch.WrittenMemory);
            }

            if (fault is not null)
            {
                yield return InputPart.Bad(fault);
            }

            if (fault is not null || result.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static string? Gather(
        ref ReadOnlySequence<byte> buffer,
        bool isEnd,
        ref int number,
        out ArrayBufferWriter<byte> batch
    )
    {
        batch = new ArrayBufferWriter<byte>();
        while (TryTakeLine(ref buffer, isEnd, out var line))
        {
            number++;
            if (IsBlank(line))
            {
                continue;
            }

            // Checked here: two values in a line would slip through as two messages, and the server could not name the line.
            if (!IsJson(line))
            {
                return $"Line {number} is not a JSON text.";
            }

            batch.Write(batch.WrittenCount == 0 ? "["u8 : ","u8);
            foreach (var segment in line)
            {
                batch.Write(segment.Span);
            }
        }

        return buffer.Length > MaxLineBytes ? $"Line {number + 1} is longer than {MaxLineBytes} bytes." : null;
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isEnd, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = isEnd ? buffer : default;
        buffer = isEnd ? buffer.Slice(buffer.End) : buffer;
        return !line.IsEmpty;
    }

    private static bool IsBlank(in ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        reader.AdvancePastAny((byte)' ', (byte)'\t', (byte)'\r');
        return reader.End;
    }

    private static bool IsJson(in ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line, Options);
        try
        {
            while (reader.Read()) { }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
