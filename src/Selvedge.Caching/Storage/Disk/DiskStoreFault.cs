namespace Selvedge.Caching.Storage.Disk;

/// <summary>Why a <see cref="DiskStore"/> cannot be opened.</summary>
public enum DiskStoreFault
{
    /// <summary>Another process has it open.</summary>
    InUse,

    /// <summary>The directory cannot be made, read or written.</summary>
    NotAccessible,
}
