using Microsoft.Win32.SafeHandles;

namespace Selvedge.Streams.Engine;

/// <summary>An open file that readers pin while they read, so that it is closed or used anew only when nobody looks.</summary>
internal sealed class BlockFile(string path, SafeFileHandle handle)
{
    private readonly Lock _gate = new();
    private int _readers;
    private bool _retired;
    private Action<BlockFile>? _whenUnused;

    public string Path { get; } = path;

    public SafeFileHandle Handle { get; } = handle;

    /// <summary>Pins the file. The caller looked the file up under a lock that <see cref="Retire"/> comes after, so it cannot fail.</summary>
    public void Pin()
    {
        lock (_gate)
            _readers++;
    }

    public void Unpin()
    {
        Action<BlockFile>? whenUnused = null;
        lock (_gate)
        {
            if (--_readers == 0 && _retired)
                whenUnused = Interlocked.Exchange(ref _whenUnused, null);
        }

        whenUnused?.Invoke(this);
    }

    /// <summary>Nobody will pin the file any more; <paramref name="whenUnused"/> runs once the last reader has left.</summary>
    public void Retire(Action<BlockFile> whenUnused)
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

        whenUnused(this);
    }
}
