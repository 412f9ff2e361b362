namespace Selvedge.Caching.Storage.Disk;

/// <summary>A directory cannot be opened as a <see cref="DiskStore"/>.</summary>
public sealed class DiskStoreException(DiskStoreFault fault, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    /// <summary>Why.</summary>
    public DiskStoreFault Fault => fault;
}
