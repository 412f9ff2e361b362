using System.Buffers;

namespace Selvedge.Streams.Storage;

/// <summary>Writes a file from front to back, through one buffer, with a checksum for every run of bytes that is read on its own.</summary>
internal sealed class RunWriter : IDisposable
{
    private const int BufferBytes = 1024 * 1024;

    private readonly IStorageFile _file;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _length;
    private long _written;

    public RunWriter(IStorageFile file) => _file = file;

    /// <summary>Where the next byte goes.</summary>
    public long Offset => _written + _length;

    /// <summary>Begins a run of bytes that gets a checksum of its own.</summary>
    /// <param name="seed">The checksum of what is thought of as coming before it.</param>
    public void BeginRun(uint seed = 0) => Checksum = seed;

    /// <summary>The checksum of the run so far.</summary>
    public uint Checksum { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Checksum = Storage.Checksum.Of(bytes, Checksum);
        while (!bytes.IsEmpty)
        {
            if (_length == _buffer.Length)
                WriteBuffer();
            var part = bytes[..Math.Min(bytes.Length, _buffer.Length - _length)];
            part.CopyTo(_buffer.AsSpan(_length));
            _length += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Makes everything written survive a loss of power.</summary>
    public void Finish()
    {
        WriteBuffer();
        _file.Flush();
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void WriteBuffer()
    {
        _file.Write(_buffer.AsSpan(0, _length), _written);
        _file.WriteOut(_written, _length);
        _written += _length;
        _length = 0;
    }
}
