using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Tests.Instances;

public sealed class ScalingPolicyTests
{
    [Theory]
    [InlineData(0, 0, 0, 10, 4, 0)] // nobody waits
    [InlineData(1, 0, 0, 10, 4, 1)] // the first request
    [InlineData(10, 0, 1, 10, 4, 0)] // they fit into the start that is under way
    [InlineData(11, 0, 1, 10, 4, 1)]
    [InlineData(1000, 1, 1, 10, 4, 2)] // up to the limit, and not beyond
    [InlineData(1000, 4, 0, 10, 4, 0)]
    [InlineData(int.MaxValue, 0, 0, int.MaxValue, 4, 1)]
    public void StartsForWaiting_AreAsManyAsThoseWhoWaitFill(
        int waiting,
        int ready,
        int starting,
        int concurrency,
        int most,
        int expected
    ) => Assert.Equal(expected, ScalingPolicy.StartsForWaiting(waiting, ready, starting, concurrency, most));

    [Theory]
    [InlineData(1, 1, 0, 10, 0, true)] // busy, with requests to share
    [InlineData(1, 1, 0, 1, 0, false)] // a request alone has nothing to share
    [InlineData(1, 0, 0, 10, 0, false)] // not busy
    [InlineData(2, 1, 0, 10, 0, false)] // the other one has time
    [InlineData(1, 1, 0, 10, 1, false)] // help is coming
    [InlineData(2, 2, 0, 10, 0, false)] // as many as processors compute already
    [InlineData(2, 2, 1, 10, 0, true)] // but one of them is stuck
    [InlineData(1, 1, 1, 1, 0, true)] // the next request would wait behind the stuck one
    [InlineData(4, 4, 4, 10, 0, false)] // the limit
    public void WantsRelief_WhenAllAreBusyAndAnotherWouldHelp(
        int ready,
        int busy,
        int stuck,
        int inFlight,
        int starting,
        bool expected
    ) => Assert.Equal(expected, ScalingPolicy.WantsRelief(ready, busy, stuck, inFlight, starting, most: 4, processors: 2));

    [Theory]
    [InlineData(0.79, 99, false)]
    [InlineData(0.8, 0, true)]
    [InlineData(0, 100, true)]
    public void IsBusy_ByTimeSpentOrTimeWaited(double utilization, int milliseconds, bool expected) =>
        Assert.Equal(expected, ScalingPolicy.IsBusy(utilization, TimeSpan.FromMilliseconds(milliseconds)));
}
