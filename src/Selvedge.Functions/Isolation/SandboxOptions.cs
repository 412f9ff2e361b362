namespace Selvedge.Functions.Isolation;

/// <summary>How the sandboxes of functions are made.</summary>
public sealed record SandboxOptions
{
    /// <summary>The program that makes them, a path or a name looked up in <c>PATH</c>. The default is <c>bwrap</c>.</summary>
    public string BubblewrapPath { get; init; } = "bwrap";

    /// <summary>Whether functions reach the network; their own site they always do. The default is <see langword="true"/>.</summary>
    public bool Network { get; init; } = true;

    /// <summary>What a function's temporary files may take, in bytes; they are in memory. The default is Vercel's 500 MiB.</summary>
    public long TemporaryBytes { get; init; } = 500 * 1024 * 1024;
}
