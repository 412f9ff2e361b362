using System.Runtime.InteropServices;

namespace Selvedge.Streams.Live;

/// <summary>Followers in a row. Adding, removing any of them, and taking over a whole other row cost the same for one as for a million.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FollowerList
{
    private LiveFollower? _first;
    private LiveFollower? _last;

    public readonly bool IsEmpty => _first is null;

    public void Add(LiveFollower follower)
    {
        follower.Previous = _last;
        if (_last is null)
            _first = follower;
        else
            _last.Next = follower;
        _last = follower;
    }

    /// <summary>Takes out a follower that hangs in this list.</summary>
    public void Remove(LiveFollower follower)
    {
        if (follower.Previous is { } previous)
            previous.Next = follower.Next;
        else
            _first = follower.Next;
        if (follower.Next is { } next)
            next.Previous = follower.Previous;
        else
            _last = follower.Previous;
        (follower.Previous, follower.Next) = (null, null);
    }

    public LiveFollower? TakeFirst()
    {
        var first = _first;
        if (first is not null)
            Remove(first);
        return first;
    }

    /// <summary>Adds all of another list, which is empty then.</summary>
    public void TakeAll(ref FollowerList other)
    {
        if (other._first is not { } first)
            return;
        first.Previous = _last;
        if (_last is null)
            _first = first;
        else
            _last.Next = first;
        _last = other._last;
        other = default;
    }
}
