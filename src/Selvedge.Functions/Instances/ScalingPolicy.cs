namespace Selvedge.Functions.Instances;

/// <summary>Decides how many instances a function starts. Pure: numbers in, a number out.</summary>
internal static class ScalingPolicy
{
    /// <summary>Above this share of its time spent computing, an event loop makes requests wait for each other.</summary>
    public const double BusyUtilization = 0.8;

    /// <summary>A ping that takes this long waited for a function to stop computing.</summary>
    public static readonly TimeSpan BusyDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>How many starts the requests that wait for a place call for.</summary>
    /// <param name="waiting">Requests without a place.</param>
    /// <param name="ready">Instances that take requests.</param>
    /// <param name="starting">Starts under way.</param>
    /// <param name="concurrency">Requests that fit into one instance.</param>
    /// <param name="most">Instances that the function may have.</param>
    public static int StartsForWaiting(int waiting, int ready, int starting, int concurrency, int most)
    {
        // Those that wait fit into the starts that are under way, or into this many more.
        var needed = (int)((waiting + (long)concurrency - 1) / concurrency) - starting;
        return Math.Clamp(needed, 0, Math.Max(0, most - ready - starting));
    }

    /// <summary>Whether an instance is so busy that another would serve its requests sooner.</summary>
    public static bool IsBusy(double utilization, TimeSpan delay) => utilization >= BusyUtilization || delay >= BusyDelay;

    /// <summary>Whether busy instances call for one more. As many as there are processors compute at once; the stuck ones do not count.</summary>
    /// <param name="ready">Instances that take requests.</param>
    /// <param name="busy">Those of them that are busy, the stuck ones included.</param>
    /// <param name="stuck">Those that do not even answer.</param>
    /// <param name="inFlight">Requests in all of them.</param>
    /// <param name="starting">Starts under way.</param>
    /// <param name="most">Instances that the function may have.</param>
    /// <param name="processors">Processors of the machine.</param>
    public static bool WantsRelief(int ready, int busy, int stuck, int inFlight, int starting, int most, int processors)
    {
        if (starting > 0 || ready == 0 || busy < ready || ready >= most)
        {
            return false;
        }

        // One request alone has nobody to be relieved of, unless what is stuck would keep the next one waiting.
        return stuck == ready || (inFlight > ready && ready - stuck < processors);
    }
}
