using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Engine;

/// <summary>A file that readers pin while they read, so that it is closed or used anew only when nobody looks.</summary>
/// <remarks>
/// The file itself may be attached after extents point here: space in a write-ahead file is given out before the file is ready. Nothing
/// in it is visible before it has been written, so no reader comes too early.
/// </remarks>
internal sealed class BlockFile
{
    private readonly Lock _gate = new();
    private int _readers;
    private bool _retired;
    private Action<IStorageFile>? _whenUnused;

    /// <summary>The number of the segment this is; 0 for a write-ahead file.</summary>
    public long SegmentNumber { get; init; }

    /// <summary>The file; throws before it is attached.</summary>
    public IStorageFile File
    {
        get => field ?? throw new InvalidOperationException("The file is not attached yet.");
        set;
    }

    /// <summary>Pins the file. The caller looked the file up under a lock that <see cref="Retire"/> comes after, so it cannot fail.</summary>
    public void Pin()
    {
        lock (_gate)
            _readers++;
    }

    public void Unpin()
    {
        Action<IStorageFile>? whenUnused = null;
        lock (_gate)
        {
            if (--_readers == 0 && _retired)
                (whenUnused, _whenUnused) = (_whenUnused, null);
        }

        whenUnused?.Invoke(File);
    }

    /// <summary>Nobody will pin the file any more; <paramref name="whenUnused"/> runs once the last reader has left.</summary>
    public void Retire(Action<IStorageFile> whenUnused)
    {
        lock (_gate)
        {
            _retired = true;
            if (_readers > 0)
            {
                _whenUnused = whenUnused;
                return;
            }
        }

        whenUnused(File);
    }
}
