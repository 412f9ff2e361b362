namespace Selvedge.Functions.Instances;

/// <summary>Where an instance is in its life, which goes in this order only.</summary>
internal enum InstanceState
{
    /// <summary>It takes requests.</summary>
    Ready,

    /// <summary>It takes no more requests, and ends when those it has, and their <c>waitUntil</c> work, are done.</summary>
    Draining,

    /// <summary>Its process is gone, or as good as gone.</summary>
    Dead,
}
