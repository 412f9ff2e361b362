namespace Selvedge.Functions.Instances;

/// <summary>Decides how much memory an instance may hold.</summary>
internal static class ResidentLimits
{
    /// <summary>
    /// What a process holds beside what its function's <c>memory</c> is about: Node.js itself, code, the young generation. It is shared
    /// with other processes for the most part.
    /// </summary>
    private const long OverheadMiB = 128;

    /// <summary>The limit in bytes: what the function's configuration says, with room for Node.js, or else the host's setting.</summary>
    public static long Of(FunctionSpec function, FunctionHostOptions options) =>
        function.MemoryMiB is { } memory ? (memory + OverheadMiB) << 20 : options.MaxResidentBytes ?? long.MaxValue;

    /// <summary>What to do about an instance. Past its limit by a quarter it is not given the time to finish what it does.</summary>
    public static MemoryVerdict Judge(long bytes, long limit) =>
        bytes <= limit ? MemoryVerdict.Fine
        : bytes - limit <= limit / 4 ? MemoryVerdict.Replace
        : MemoryVerdict.Kill;
}
