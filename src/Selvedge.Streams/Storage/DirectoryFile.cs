using Microsoft.Win32.SafeHandles;

namespace Selvedge.Streams.Storage;

/// <summary>A file of the file system.</summary>
internal sealed class DirectoryFile(string name, SafeFileHandle handle) : IStorageFile
{
    public string Name => name;

    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var read = 0;
        while (read < buffer.Length && RandomAccess.Read(handle, buffer[read..], offset + read) is var count and > 0)
            read += count;
        return read;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

    public void WriteOut(long offset, long length) => DataSync.WriteOut(handle, offset, length);

    public void Flush() => DataSync.Flush(handle);

    public void Dispose() => handle.Dispose();
}
