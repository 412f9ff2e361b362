using System.Buffers;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Writes a segment, one run of a stream's bytes after another. See <see cref="RunBlocks"/> for how a run lies in it.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private const int CopyBytes = 1024 * 1024;

    private readonly Segment _segment;
    private readonly RunWriter _output;
    private ulong _stream;
    private long _start;
    private long _length;
    private long _offset;

    public SegmentWriter(Segment segment)
    {
        _segment = segment;
        _output = new RunWriter(segment.Block.File);
        _output.Write(SegmentTable.Magic);
    }

    /// <summary>Begins the bytes of a stream.</summary>
    public void Begin(ulong stream, long start)
    {
        (_stream, _start, _length, _offset) = (stream, start, 0, _output.Offset);
        _output.BeginRun(RunBlocks.Seed(stream, start));
    }

    /// <summary>Adds bytes that come next.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_length > 0 && _length % RunBlocks.Size == 0)
                EndBlock();
            var part = bytes[..(int)Math.Min(bytes.Length, RunBlocks.Size - (_length % RunBlocks.Size))];
            _output.Write(part);
            _length += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Adds the bytes of an extent, if they are what they were.</summary>
    /// <returns>False when the medium lost them; what was added is of no use then.</returns>
    public bool TryCopy(in Extent extent)
    {
        if (extent.Bytes is { } bytes)
        {
            Write(bytes.AsSpan(0, (int)extent.Length));
            return true;
        }

        // No pin is needed: only the thread that settles gives files up.
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            uint checksum = 0;
            for (long done = 0; done < extent.Length; )
            {
                var part = buffer.AsSpan(0, (int)Math.Min(CopyBytes, extent.Length - done));
                if (!TryRead(extent, done, part))
                    return false;
                if (extent.Generation != 0)
                    checksum = Checksum.Of(part, checksum);
                Write(part);
                done += part.Length;
            }

            return extent.Generation == 0 || checksum == extent.Checksum;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Ends the run and says where it is.</summary>
    public Extent End()
    {
        EndBlock();
        return new Extent
        {
            Start = _start,
            Length = _length,
            File = _segment.Block,
            FileOffset = _offset,
        };
    }

    /// <summary>Makes everything survive a loss of power.</summary>
    public void Finish() => _output.Finish();

    public void Dispose() => _output.Dispose();

    private bool TryRead(in Extent extent, long skipped, Span<byte> target) =>
        extent.Generation == 0
            ? RunBlocks.TryRead(extent, _stream, skipped, target)
            : extent.File!.File.Read(target, extent.FileOffset + skipped) == target.Length;

    private void EndBlock()
    {
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        new FieldWriter(checksum).UInt32(_output.Checksum);
        _output.Write(checksum);
        _output.BeginRun(RunBlocks.Seed(_stream, _start + _length));
    }
}
