namespace Selvedge.Functions.Instances;

/// <summary>Why an instance takes no more requests. Logs and metrics name it so.</summary>
internal enum EndReason
{
    /// <summary>It has had no request for <see cref="FunctionHostOptions.IdleTimeout"/>.</summary>
    Idle,

    /// <summary>Another function needs its place: <see cref="FunctionHostOptions.MaxInstances"/> are running.</summary>
    Evicted,

    /// <summary>The host is shutting down, or the function is not wanted any more.</summary>
    Shutdown,

    /// <summary>An error that nobody caught has left it in an unknown state.</summary>
    Fault,

    /// <summary>It has taken more memory than it may.</summary>
    Memory,

    /// <summary>It did not answer a ping after a request of its had timed out.</summary>
    Hung,

    /// <summary>Its process ended by itself.</summary>
    Crashed,
}
