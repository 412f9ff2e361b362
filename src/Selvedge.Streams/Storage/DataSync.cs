using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Selvedge.Streams.Storage;

/// <summary>Flushes files and directories to the medium.</summary>
/// <remarks>
/// The runtime offers fsync, which also writes the file's times and so costs a journal commit of the file system for every append.
/// fdatasync leaves them out: on a file whose blocks are all written already it is one write and one flush.
/// </remarks>
internal static partial class DataSync
{
    private const int ReadOnly = 0;

    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (FlushData(file) != 0)
            throw Failure("fdatasync");
    }

    public static void FlushDirectory(string path)
    {
        // Elsewhere a directory cannot be opened, and renames are made durable by the file system's own journal.
        if (!OperatingSystem.IsLinux())
            return;
        var directory = Open(path, ReadOnly);
        if (directory < 0)
            throw Failure("open");
        try
        {
            if (FlushAll(directory) != 0)
                throw Failure("fsync");
        }
        finally
        {
            _ = Close(directory);
        }
    }

    private static IOException Failure(string call) =>
        new($"{call} failed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushAll(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
