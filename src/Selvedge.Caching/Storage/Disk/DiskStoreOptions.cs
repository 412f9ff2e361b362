namespace Selvedge.Caching.Storage.Disk;

/// <summary>What a <see cref="DiskStore"/> may use and what it promises.</summary>
public sealed record DiskStoreOptions
{
    /// <summary>The directory, which belongs to the store alone. Made if missing.</summary>
    public required string Directory { get; init; }

    /// <summary>What the files may take together, in bytes, each rounded up to blocks of 4 KiB. 1 GiB by default.</summary>
    public long MaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Whether an entry that was committed survives a loss of power: files and directories are flushed, which costs some
    /// milliseconds a commit. Without, the default, entries survive the end of the process; if the machine goes down
    /// while the store is open, all of them are given up.
    /// </summary>
    public bool Durable { get; init; }
}
