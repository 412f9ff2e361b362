using Microsoft.Win32.SafeHandles;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>The calls that change files, so that tests can make them fail.</summary>
internal interface IDiskFiles
{
    SafeFileHandle Create(string path);

    ValueTask WriteAsync(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset);

    /// <summary>Flushes a file to the medium.</summary>
    void Flush(SafeFileHandle file);

    /// <summary>Flushes the names in a directory to the medium.</summary>
    void FlushDirectory(string path);

    /// <summary>Renames in one step, in place of what is there.</summary>
    void Move(string from, string to);

    void Delete(string path);
}
