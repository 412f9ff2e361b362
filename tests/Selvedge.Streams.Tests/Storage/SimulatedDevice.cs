using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Tests.Storage;

/// <summary>A disk in memory that can lose power, forgetting some of what was not flushed, and that can begin to fail.</summary>
internal sealed class SimulatedDevice : IStorageDevice
{
    private readonly List<Action<Dictionary<string, SimulatedFile>>> _unsynced = [];
    private Dictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private Dictionary<string, SimulatedFile> _durable = new(StringComparer.Ordinal);

    /// <summary>How many more writes and flushes succeed; the one after fails, and so does every later one.</summary>
    public int OperationsUntilFailure { get; set; } = int.MaxValue;

    /// <summary>Writes and flushes so far.</summary>
    public int Operations { get; private set; }

    public IReadOnlyList<string> List() => [.. _names.Keys];

    public IStorageFile Open(string name) => _names[name];

    public IStorageFile Create(string name)
    {
        var file = new SimulatedFile(this, name);
        Change(names => names[name] = file);
        return file;
    }

    public void Rename(string from, string to) =>
        Change(names =>
        {
            if (names.Remove(from, out var file))
                names[to] = file;
        });

    public void Delete(string name) => Change(names => names.Remove(name));

    public void SyncDirectory()
    {
        CountFlush();
        _durable = new Dictionary<string, SimulatedFile>(_names, StringComparer.Ordinal);
        _unsynced.Clear();
    }

    /// <summary>Power is lost and comes back. Of the changes of names that were not synced, the first few survive.</summary>
    public void Crash(Random random)
    {
        var names = _durable;
        foreach (var change in _unsynced.Take(random.Next(_unsynced.Count + 1)))
            change(names);
        foreach (var file in names.Values)
            file.Crash(random);
        _names = names;
        _unsynced.Clear();
        SyncDirectory();
    }

    /// <summary>A disk with the same files, all of them flushed.</summary>
    public SimulatedDevice Copy()
    {
        var copy = new SimulatedDevice();
        foreach (var (name, file) in _names)
        {
            var twin = copy.Create(name);
            if (file.Length > 0)
                twin.Write(file.Bytes, 0);
            twin.Flush();
        }

        copy.SyncDirectory();
        return copy;
    }

    public SimulatedFile File(string name) => _names[name];

    public void CountWrite() => Count();

    public void CountFlush() => Count();

    private void Change(Action<Dictionary<string, SimulatedFile>> change)
    {
        change(_names);
        _unsynced.Add(change);
    }

    private void Count()
    {
        Operations++;
        if (OperationsUntilFailure-- <= 0)
        {
            OperationsUntilFailure = 0;
            throw new IOException("No space left on device");
        }
    }
}
