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

    /// <summary>Whether everything that was written before is as it was left.</summary>
    public static bool IsSound(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        return before == Closed || before == Open();
    }

    /// <summary>Notes that the store is open: what is there from now on is sound.</summary>
    public static void Open(string directory) => File.WriteAllText(Path.Combine(directory, FileName), Open());

    /// <summary>Notes that the store is closed.</summary>
    public static void Close(string directory) => File.WriteAllText(Path.Combine(directory, FileName), Closed);

    // Where a boot has no name, they are all taken for one.
    private static string Open() => $"open {(File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : "")}";
}
