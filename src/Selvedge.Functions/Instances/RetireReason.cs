namespace Selvedge.Functions.Instances;

/// <summary>Why an instance that could go on is told to leave.</summary>
internal enum RetireReason
{
    /// <summary>It has had no request for <see cref="FunctionHostOptions.IdleTimeout"/>.</summary>
    Idle,

    /// <summary>An error that nobody caught has left it in an unknown state.</summary>
    Fault,

    /// <summary>The host is shutting down.</summary>
    Shutdown,
}
