namespace Selvedge.Caching.Storage.Disk;

/// <summary>Tells whether the machine has gone down while a store was open.</summary>
/// <remarks>
/// A store that does not flush loses what the kernel had not written yet, in any order: a removal may be undone while what made it
/// necessary is lost. The end of a process loses nothing, and neither does a machine that is shut down after it.
/// </remarks>
internal static class BootMark
{
    private const string FileName = "state";
    private const string Closed = "closed";
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>Notes that the store is open.</summary>
    /// <returns>Whether everything that was written before is as it was left.</returns>
    public static bool Open(string directory)
    {
        var path = Path.Combine(directory, FileName);
        // Where a boot has no name, they are all taken for one.
        var open = $"open {(File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : "")}";
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        File.WriteAllText(path, open);
        return before == Closed || before == open;
    }

    /// <summary>Notes that the store is closed.</summary>
    public static void Close(string directory) => File.WriteAllText(Path.Combine(directory, FileName), Closed);
}
