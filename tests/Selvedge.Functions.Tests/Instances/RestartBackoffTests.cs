using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Tests.Instances;

public sealed class RestartBackoffTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(7);

    [Fact]
    public void Pause_DoublesFromTheSecondFailureUpToItsLimit()
    {
        var backoff = new RestartBackoff();
        var pauses = new List<double>();

        for (var i = 0; i < 100; i++)
        {
            backoff.Failed(Now);
            pauses.Add(backoff.Remaining(Now).TotalSeconds);
        }

        Assert.Equal([0, 0.5, 1, 2, 4, 8, 16, 30, 30], pauses.Take(9));
        Assert.Equal(30, pauses[^1]);
    }

    [Fact]
    public void Instance_ThatLasts_EndsIt()
    {
        var backoff = new RestartBackoff();
        backoff.Failed(Now);
        backoff.Failed(Now);
        backoff.Ready(Now);

        backoff.Failed(Now + RestartBackoff.Lasting);

        Assert.True(backoff.Remaining(Now + RestartBackoff.Lasting) <= TimeSpan.Zero);
    }

    [Fact]
    public void Instance_ThatDoesNotLast_GoesOnWithIt()
    {
        var backoff = new RestartBackoff();
        backoff.Failed(Now);
        backoff.Ready(Now);

        backoff.Failed(Now);

        Assert.Equal(RestartBackoff.FirstPause, backoff.Remaining(Now));
    }

    [Fact]
    public void Time_EndsAPause()
    {
        var backoff = new RestartBackoff();
        backoff.Failed(Now);
        backoff.Failed(Now);

        Assert.True(backoff.Remaining(Now + TimeSpan.FromMilliseconds(499)) > TimeSpan.Zero);
        Assert.True(backoff.Remaining(Now + TimeSpan.FromMilliseconds(500)) <= TimeSpan.Zero);
    }
}
