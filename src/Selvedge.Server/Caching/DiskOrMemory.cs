using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Server.Caching;

/// <summary>Opens what is kept in a directory, so that it outlives the server, if the directory can be used.</summary>
/// <remarks>
/// A server starts without it too: while one server replaces another, both name the same directory, and only one has it.
/// </remarks>
internal static class DiskOrMemory
{
    /// <summary>Opens it in the directory, or else in memory alone.</summary>
    /// <param name="directory">The directory; made if missing.</param>
    /// <param name="diskBytes">What it may take there. Zero, the setting for none, leaves the directory alone.</param>
    /// <param name="open">Opens it in a directory; in none if told <see langword="null"/>.</param>
    /// <param name="onFallback">Is told why the directory cannot be used.</param>
    public static T Open<T>(string directory, long diskBytes, Func<string?, T> open, Action<string> onFallback)
    {
        if (diskBytes == 0)
        {
            return open(null);
        }

        try
        {
            return open(directory);
        }
        catch (Exception exception) when (exception is DiskStoreException or IOException or UnauthorizedAccessException)
        {
            onFallback(exception.Message);
            return open(null);
        }
    }
}
