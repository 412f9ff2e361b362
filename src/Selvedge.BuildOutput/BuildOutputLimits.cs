namespace Selvedge.BuildOutput;

/// <summary>How much a build output may hold. What goes beyond is a fault; nothing is cut off silently.</summary>
public sealed record BuildOutputLimits
{
    /// <summary>The size of <c>config.json</c> in bytes. Default 20 MiB: some ten times the largest route table the platform takes.</summary>
    public long MaxConfigBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>
    /// The size of one <c>.vc-config.json</c> in bytes. Default 16 MiB: a <c>filePathMap</c> of a hundred thousand entries fits.
    /// </summary>
    public long MaxFunctionConfigBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The size of one <c>.prerender-config.json</c> in bytes. Default 1 MiB: initial headers may carry many cache tags.</summary>
    public long MaxPrerenderConfigBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Files and directories in <c>static</c> and <c>functions</c> together, what links lead to counted each time. Default one
    /// million.
    /// </summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>How deep directories nest. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Faults that are listed; a last one says that there are more. Default 100.</summary>
    public int MaxFaults { get; init; } = 100;
}
