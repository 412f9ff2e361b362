using System.Diagnostics;

namespace Selvedge.Functions.Instances;

/// <summary>
/// The requests that wait for a place in one function's instances, in order of arrival. All may wait equally long, so the first in the
/// line is always the first whose time is over.
/// </summary>
/// <remarks>Not safe for concurrent use: the pool's lock guards it.</remarks>
internal sealed class WaitingLine
{
    private readonly LinkedList<Waiter> _waiters = new();

    /// <summary>How many wait.</summary>
    public int Count => _waiters.Count;

    /// <summary>Since when the first has been waiting; <see langword="null"/> if nobody waits.</summary>
    public TimeSpan? FirstSince => _waiters.First?.Value.Since;

    /// <summary>Adds one at the end.</summary>
    public Waiter Add(TimeSpan now)
    {
        var waiter = new Waiter(now);
        _waiters.AddLast(waiter.Node);
        return waiter;
    }

    /// <summary>Takes the first out.</summary>
    public Waiter TakeFirst()
    {
        Debug.Assert(_waiters.First is not null, "Somebody must wait.");
        var waiter = _waiters.First!.Value;
        _waiters.RemoveFirst();
        return waiter;
    }

    /// <summary>Takes one out that has given up.</summary>
    /// <returns>Not if it has been taken out already: then it is being answered.</returns>
    public bool TryRemove(Waiter waiter)
    {
        if (waiter.Node.List != _waiters)
        {
            return false;
        }

        _waiters.Remove(waiter.Node);
        return true;
    }
}
