namespace Selvedge.Caching.Storage.Disk;

/// <summary>Claims a store's directory for one process.</summary>
internal static class DirectoryClaim
{
    /// <summary>Makes the directory if it is missing, and holds its lock file for as long as the result lives.</summary>
    /// <exception cref="DiskStoreException">It is in use by another process, or cannot be used.</exception>
    public static FileStream Take(DiskLayout layout)
    {
        try
        {
            // What is kept may concern users: nobody else reads it.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(layout.Root);
            }
            else
            {
                Directory.CreateDirectory(layout.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (DiskStore.IsFault(exception))
        {
            throw new DiskStoreException(
                DiskStoreFault.NotAccessible,
                $"'{layout.Root}' cannot be made: {exception.Message}",
                exception
            );
        }

        try
        {
            return new FileStream(layout.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DiskStoreException(DiskStoreFault.NotAccessible, $"'{layout.Root}' cannot be written.", exception);
        }
        catch (IOException exception)
        {
            throw new DiskStoreException(
                DiskStoreFault.InUse,
                $"'{layout.Root}' is in use by another process: give each server a data directory of its own.",
                exception
            );
        }
    }
}
