using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Selvedge.Functions.Output;

/// <summary>Reads lines from a process that may write anything: a line that is too long is cut, and the rest of it dropped.</summary>
/// <param name="stream">Where the lines come from, in UTF-8.</param>
/// <param name="maxBytes">The most bytes of a line that are kept.</param>
internal sealed class BoundedLineReader(Stream stream, int maxBytes)
{
    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
    private bool _droppingRest;

    /// <summary>Reads the next line, without its end.</summary>
    /// <returns>The line, or <see langword="null"/> at the end of the stream.</returns>
    public async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _reader.ReadAsync(cancellationToken);
            if (TryTakeLine(result.Buffer, result.IsCompleted, out var consumed, out var line))
            {
                _reader.AdvanceTo(consumed);
                return line;
            }

            if (result.IsCompleted)
            {
                return null;
            }

            _reader.AdvanceTo(consumed, result.Buffer.End);
        }
    }

    private bool TryTakeLine(ReadOnlySequence<byte> buffer, bool isCompleted, out SequencePosition consumed, out string? line)
    {
        line = null;
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            var content = buffer.Slice(0, end);
            consumed = buffer.GetPosition(1, end);
            if (!_droppingRest)
            {
                line = Decode(content);
                return true;
            }

            _droppingRest = false;
            buffer = buffer.Slice(consumed);
        }

        if (_droppingRest)
        {
            consumed = buffer.End;
            return false;
        }

        if (buffer.Length > maxBytes || (isCompleted && !buffer.IsEmpty))
        {
            _droppingRest = !isCompleted;
            consumed = buffer.End;
            line = Decode(buffer);
            return true;
        }

        consumed = buffer.Start;
        return false;
    }

    private string Decode(ReadOnlySequence<byte> line) =>
        line.Length <= maxBytes
            ? Encoding.UTF8.GetString(line).TrimEnd('\r')
            : Encoding.UTF8.GetString(line.Slice(0, maxBytes)) + "…";
}
