namespace Selvedge.Testing.Tests;

public sealed class ManualClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Advance_MovesWallClockAndTimestampsAlike()
    {
        var clock = new ManualClock(timestampFrequency: ManualClock.OddFrequency);
        var (start, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromHours(1), clock.GetUtcNow() - start);
        Assert.Equal(TimeSpan.FromHours(1), clock.GetElapsedTime(stamp));
    }

    [Fact]
    public void Timer_FiresAtItsTimeAndNotBefore()
    {
        var clock = new ManualClock();
        DateTimeOffset? fired = null;
        using var timer = clock.CreateTimer(_ => fired = clock.GetUtcNow(), null, Second, Timeout.InfiniteTimeSpan);
        var due = clock.GetUtcNow() + Second;

        clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Null(fired);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(due, fired);
        Assert.Equal(0, clock.ArmedTimers);
    }

    [Fact]
    public void PeriodicTimer_FiresOncePerPeriodPassed()
    {
        var clock = new ManualClock();
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, null, Second, Second);

        clock.Advance(TimeSpan.FromSeconds(3.5));

        Assert.Equal(3, count);
        Assert.Equal(1, clock.ArmedTimers);
    }

    [Fact]
    public void Timers_FireInTheOrderOfTheirTimes()
    {
        var clock = new ManualClock();
        var order = new List<int>();
        using var late = clock.CreateTimer(_ => order.Add(2), null, 2 * Second, Timeout.InfiniteTimeSpan);
        using var early = clock.CreateTimer(_ => order.Add(1), null, Second, Timeout.InfiniteTimeSpan);

        clock.Advance(3 * Second);

        Assert.Equal([1, 2], order);
    }

    [Fact]
    public void Timer_ArmedByAnother_FiresInTheSameAdvance()
    {
        var clock = new ManualClock();
        var fired = false;
        using var second = clock.CreateTimer(_ => fired = true, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var first = clock.CreateTimer(
            _ => second.Change(Second, Timeout.InfiniteTimeSpan),
            null,
            Second,
            Timeout.InfiniteTimeSpan
        );

        clock.Advance(2 * Second);

        Assert.True(fired);
    }

    [Fact]
    public void Timer_Disposed_DoesNotFire()
    {
        var clock = new ManualClock();
        var timer = clock.CreateTimer(_ => Assert.Fail("It fired."), null, Second, Second);

        timer.Dispose();
        clock.Advance(Second);

        Assert.Equal(0, clock.ArmedTimers);
    }

    [Fact]
    public async Task Delay_EndsWhenTheClockSaysSo()
    {
        var clock = new ManualClock();
        var delay = Task.Delay(Second, clock);
        await clock.WaitForTimersAsync();
        Assert.False(delay.IsCompleted);

        clock.Advance(Second);

        await delay;
    }

    [Fact]
    public async Task WaitForTimers_CompletesWithTheLastOneWanted()
    {
        var clock = new ManualClock();
        var armed = clock.WaitForTimersAsync(2);
        _ = Task.Delay(Second, clock);
        Assert.False(armed.IsCompleted);

        _ = Task.Delay(Second, clock);

        await armed;
    }
}
