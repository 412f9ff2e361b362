using Selvedge.Server.Streams;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

public sealed class SseClockTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ManualClock _time = new(timestampFrequency: ManualClock.OddFrequency);
    private readonly SseClock _clock;

    public SseClockTests() => _clock = new SseClock(_time, keepAlive: TimeSpan.FromSeconds(15), Lifetime);

    [Fact]
    public void EndOfConnection_OfAThousand_LiesATenthAroundTheLifetimeAndIsNotOneMoment()
    {
        var ends = Enumerable.Range(0, 1000).Select(_ => _time.GetElapsedTime(0, _clock.EndOfConnection())).ToArray();

        Assert.All(ends, end => Assert.InRange(end, Lifetime * 0.9, (Lifetime * 1.1) + TimeSpan.FromMicroseconds(1)));
        Assert.True(ends.Distinct().Count() > 100);
    }

    [Fact]
    public void HasCome_AtTheEndAndNotBefore_IsTrue()
    {
        var end = _clock.EndOfConnection();

        _time.Advance(TimeSpan.FromSeconds(53));
        Assert.False(_clock.HasCome(end));

        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.True(_clock.HasCome(end));
    }

    [Fact]
    public void NextSign_NearTheEnd_IsTheEnd()
    {
        var end = _clock.EndOfConnection();
        Assert.True(_clock.NextSign(end) < end);

        _time.Advance(TimeSpan.FromSeconds(52));

        Assert.Equal(end, _clock.NextSign(end));
    }
}
