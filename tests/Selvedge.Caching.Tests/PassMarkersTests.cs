using Selvedge.Caching.Collapsing;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests;

public sealed class PassMarkersTests
{
    [Fact]
    public void Add_MoreThanFit_ForgetsTheOldest()
    {
        var markers = new PassMarkers(TimeSpan.FromMinutes(1), capacity: 10, new ManualClock());

        for (var i = 0; i < 1000; i++)
        {
            markers.Add($"{i}");
        }

        Assert.True(markers.Contains("999"));
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => markers.Contains($"{i}")), 1, 20);
    }

    [Fact]
    public void Contains_AfterTwoLifetimes_IsForgotten()
    {
        var clock = new ManualClock();
        var markers = new PassMarkers(TimeSpan.FromMinutes(1), capacity: 10, clock);
        markers.Add("a");

        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.False(markers.Contains("a"));
    }
}
