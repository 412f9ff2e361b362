using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Tests.Engine;

/// <summary>Waking is stepped by hand here: a work item runs when the test says so.</summary>
public sealed class ChangeSignalTests
{
    private readonly Queue<IThreadPoolWorkItem> _queue = new();

    [Fact]
    public void Raise_ThreeGroups_WakesOneOnTheWritersThreadAndTheOthersLater()
    {
        var signal = new ChangeSignal(_queue.Enqueue);
        var waiting = Enumerable.Range(0, (2 * ChangeSignal.GroupSize) + 1).Select(_ => signal.Join_NeedsLock()).ToList();

        signal.Raise();
        Assert.Equal(ChangeSignal.GroupSize, waiting.Count(task => task.IsCompleted));
        _queue.Dequeue().Execute();
        Assert.Equal(2 * ChangeSignal.GroupSize, waiting.Count(task => task.IsCompleted));
        _queue.Dequeue().Execute();

        Assert.All(waiting, task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Empty(_queue);
    }
}
