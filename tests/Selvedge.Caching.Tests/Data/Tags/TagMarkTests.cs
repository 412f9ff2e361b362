using Selvedge.Caching.Data;
using Selvedge.Caching.Data.Tags;

namespace Selvedge.Caching.Tests.Data.Tags;

public sealed class TagMarkTests
{
    [Theory]
    [InlineData(4, DataState.Expired)]
    [InlineData(5, DataState.Fresh)]
    [InlineData(6, DataState.Fresh)]
    public void StateOf_AfterAnExpiry_DependsOnWhereTheItemBegan(long began, DataState expected)
    {
        var mark = TagMark.None.With(5, TagDeadline.AtOnce, now: 100);

        Assert.Equal(expected, mark.StateOf(began, now: 100));
    }

    [Theory]
    [InlineData(149, DataState.Stale)]
    [InlineData(150, DataState.Expired)]
    public void StateOf_WithADeadline_IsStaleUntilIt(long now, DataState expected)
    {
        var mark = TagMark.None.With(5, at: 150, now: 100);

        Assert.Equal(expected, mark.StateOf(began: 4, now));
    }

    [Fact]
    public void StateOf_WithoutDeadline_StaysStale()
    {
        var mark = TagMark.None.With(5, TagDeadline.Never, now: 100);

        Assert.Equal(DataState.Stale, mark.StateOf(began: 4, now: long.MaxValue - 1));
    }

    [Fact]
    public void StateOf_AfterASofterRevalidation_KeepsTheEarlierDeadlineForWhatIsOlder()
    {
        var mark = TagMark.None.With(5, at: 150, now: 100).With(8, at: 1000, now: 110);

        Assert.Equal(DataState.Expired, mark.StateOf(began: 4, now: 200));
        Assert.Equal(DataState.Stale, mark.StateOf(began: 6, now: 200));
    }

    [Fact]
    public void StateOf_WhenTheClockGoesBack_KeepsWhatWasExpiredAtOnce()
    {
        var mark = TagMark.None.With(5, TagDeadline.AtOnce, now: 100);

        Assert.Equal(DataState.Expired, mark.StateOf(began: 4, now: 1));
    }

    [Fact]
    public void With_ManyDeadlines_MergesToTheEarlierTime()
    {
        var mark = Enumerable.Range(1, 100).Aggregate(TagMark.None, (mark, i) => mark.With(i, at: 1000 + i, now: 0));

        Assert.InRange(mark.Deadlines.Length, 1, 4);
        Assert.Equal(DataState.Expired, mark.StateOf(began: 99, now: 1100));
        Assert.Equal(DataState.Expired, mark.StateOf(began: 0, now: 1001));
        Assert.Equal(DataState.Stale, mark.StateOf(began: 0, now: 1000));
    }
}
