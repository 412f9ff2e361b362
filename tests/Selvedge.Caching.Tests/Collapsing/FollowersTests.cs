using Selvedge.Caching.Collapsing;

namespace Selvedge.Caching.Tests.Collapsing;

/// <summary>Waking is stepped by hand here: a work item runs when the test says so.</summary>
public sealed class FollowersTests
{
    private readonly Queue<IThreadPoolWorkItem> _queue = new();

    [Fact]
    public void Wake_ThreeGroups_WakesOneAtATimeAndLetsOthersGoFirst()
    {
        var followers = new Followers(_queue.Enqueue);
        var waiting = Enumerable.Range(0, (2 * Followers.GroupSize) + 1).Select(_ => followers.Join_NeedsLock()).ToList();

        followers.Wake(FetchOutcome.Abandoned);
        Assert.Equal(Followers.GroupSize, waiting.Count(task => task.IsCompleted));
        _queue.Dequeue().Execute();
        Assert.Equal(2 * Followers.GroupSize, waiting.Count(task => task.IsCompleted));
        _queue.Dequeue().Execute();

        Assert.All(waiting, task => Assert.Same(FetchOutcome.Abandoned, task.Result));
        Assert.Empty(_queue);
    }

    [Fact]
    public void Join_AGroup_SharesOneTask()
    {
        var followers = new Followers(_queue.Enqueue);

        var first = followers.Join_NeedsLock();
        for (var i = 1; i < Followers.GroupSize; i++)
        {
            Assert.Same(first, followers.Join_NeedsLock());
        }

        Assert.NotSame(first, followers.Join_NeedsLock());
    }
}
