namespace Selvedge.Functions.Runtimes;

/// <summary>Why this Node.js and no other.</summary>
public enum NodeSource
{
    /// <summary>A setting names it.</summary>
    Setting,

    /// <summary>The project has npm's package <c>node</c> among its own, so this is the version that it was built and tested with.</summary>
    Project,

    /// <summary>It is the first in <c>PATH</c>.</summary>
    Path,
}
