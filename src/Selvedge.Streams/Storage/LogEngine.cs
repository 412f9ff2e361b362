using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>A store on a device, whole but for its threads: whoever holds it decides when to commit and when to settle.</summary>
internal sealed class LogEngine : IDisposable
{
    private readonly SegmentTable _segments;
    private readonly WalFiles _files;
    private readonly Settler _settler;
    private readonly Lock _gate = new();
    private readonly Queue<WalFile> _full = new();

    private LogEngine(
        IStorageDevice device,
        LogSettings settings,
        TimeProvider time,
        StreamMetrics? metrics,
        Action<IThreadPoolWorkItem>? schedule
    )
    {
        _segments = new SegmentTable(device);
        _files = new WalFiles(device, settings.WalBytes);
        var recovery = Recovery.Run(device, _segments);
        foreach (var name in Leftovers.In(device, recovery, _segments))
            device.Delete(name);
        _files.Adopt();
        Log = new WriteAheadLog(_files, settings, recovery.NextGeneration, recovery.Next)
        {
            Filled = Enqueue,
            Committed = metrics is null ? null : (started, records) => metrics.Flushed(time.GetElapsedTime(started), records),
            Time = time,
            Schedule = schedule ?? (answers => answers.Execute()),
        };
        Streams = new StreamEngine(Log, time, recovery.LastId, recovery.Streams)
        {
            Dropped = _segments.Release,
            Damaged = (extent, stream) => _segments.NoteDamage(extent, stream),
        };
        _settler = new Settler(device, _files, Log, _segments, new Merger(device, _segments, settings));
        Log.CountUnsettled(recovery.Unsettled.Count);
        foreach (var file in recovery.Unsettled)
            Enqueue(file);
        _files.Taken = () => SettlingNeeded?.Invoke();
        Recovered = recovery.Streams.Count;
    }

    public StreamEngine Streams { get; }

    public WriteAheadLog Log { get; }

    /// <summary>How many streams there were at the start.</summary>
    public int Recovered { get; }

    /// <summary>Called when there is a file to settle, or one to make ready.</summary>
    public Action? SettlingNeeded { get; set; }

    /// <summary>Called with a sentence when a file of settled content turns out to be damaged, once for each.</summary>
    public Action<string>? Damaged
    {
        set => _segments.Damaged = value;
    }

    /// <summary>Opens a directory, or begins one.</summary>
    /// <param name="device">The directory.</param>
    /// <param name="settings">The sizes to work with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Where measurements go, if anywhere.</param>
    /// <param name="schedule">Has answers go out elsewhere; on the thread that commits if left out.</param>
    /// <exception cref="StreamStoreException">The directory is damaged.</exception>
    public static LogEngine Open(
        IStorageDevice device,
        LogSettings settings,
        TimeProvider time,
        StreamMetrics? metrics = null,
        Action<IThreadPoolWorkItem>? schedule = null
    ) => new(device, settings, time, metrics, schedule);

    /// <summary>Makes the next write-ahead file ready before it is needed.</summary>
    public void Prepare() => _files.Prepare();

    /// <summary>Settles the oldest full file.</summary>
    /// <param name="waitDurable">Waits for a task of the log, which goes on meanwhile.</param>
    /// <returns>False when there is none.</returns>
    public bool SettleNext(Action<Task> waitDurable)
    {
        WalFile? file;
        lock (_gate)
        {
            if (!_full.TryDequeue(out file))
                return false;
        }

        try
        {
            _settler.Settle(file, Streams, waitDurable);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What is on the medium is uncertain now, and only a fresh start finds out.
            Log.Fail(exception);
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var file in _full)
            file.Block.File.Dispose();
        _files.Dispose();
        _segments.Dispose();
    }

    private void Enqueue(WalFile file)
    {
        lock (_gate)
            _full.Enqueue(file);
        SettlingNeeded?.Invoke();
    }
}
