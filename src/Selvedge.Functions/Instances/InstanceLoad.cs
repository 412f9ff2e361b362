namespace Selvedge.Functions.Instances;

/// <summary>How an instance fared when it was last asked.</summary>
/// <param name="Utilization">The share of time that its event loop was not idle, 0 to 1.</param>
/// <param name="Delay">How long it took to answer, which is how long a request waits until it is looked at.</param>
/// <param name="IsStuck">It has not answered yet: what it computes has kept it for a second at least.</param>
internal readonly record struct InstanceLoad(double Utilization, TimeSpan Delay, bool IsStuck)
{
    /// <summary>Whether another instance would serve its requests sooner.</summary>
    public bool IsBusy => IsStuck || ScalingPolicy.IsBusy(Utilization, Delay);
}
