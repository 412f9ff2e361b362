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
    private const int Interrupted = 4; // EINTR

    // SYNC_FILE_RANGE_WAIT_BEFORE, _WRITE and _WAIT_AFTER.
    private const uint WriteAndWait = 7;

    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        // A signal is no failure: nothing was dropped, and the runtime itself sends signals to its threads.
        while (FlushData(file) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Failure("fdatasync");
        }
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

    /// <summary>Brings what was written to the medium, without a flush, and gives up the memory that held it.</summary>
    public static void WriteOut(SafeFileHandle file, long offset, long length)
    {
        if (!OperatingSystem.IsLinux())
            return;
        // A failure that is told here is not told again by the flush.
        while (SyncRange(file, offset, length, WriteAndWait) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Failure("sync_file_range");
        }

        _ = Advise(file, offset, length, DontNeed);
    }

    private static IOException Failure(string call) =>
        new($"{call} failed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int SyncRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "posix_fadvise", SetLastError = true)]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushAll(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
