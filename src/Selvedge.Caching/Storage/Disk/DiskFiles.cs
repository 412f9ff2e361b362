using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>The file system.</summary>
internal sealed partial class DiskFiles : IDiskFiles
{
    private const int ReadOnly = 0;

    // Others read while one writes, and whoever reads keeps the bytes of a file that is deleted meanwhile.
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    public SafeFileHandle Create(string path) => File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, Shared);

    public static SafeFileHandle OpenToRead(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, Shared);

    public ValueTask WriteAsync(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset) =>
        RandomAccess.WriteAsync(file, bytes, offset);

    public void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public void FlushDirectory(string path)
    {
        // Elsewhere a directory cannot be opened, and renames are made durable by the file system's own journal.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var directory = Open(path, ReadOnly);
        if (directory < 0)
        {
            throw Failure("open");
        }

        try
        {
            if (FlushAll(directory) != 0)
            {
                throw Failure("fsync");
            }
        }
        finally
        {
            _ = Close(directory);
        }
    }

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    private static IOException Failure(string call) =>
        new($"{call} failed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushAll(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
