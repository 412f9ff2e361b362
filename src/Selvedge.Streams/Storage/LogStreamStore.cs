using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Selvedge.Streams.Storage;

/// <summary>A store in a directory: what it acknowledges is on the disk.</summary>
/// <remarks>It has two threads of its own, since both spend their time waiting for the disk: one commits, one settles full files.</remarks>
public sealed class LogStreamStore : IStreamStore
{
    private readonly DirectoryDevice _device;
    private readonly LogEngine _engine;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _settling = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Thread _committer;
    private readonly Thread _settler;
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LogStreamStore(DirectoryDevice device, LogEngine engine, ILogger logger)
    {
        _device = device;
        _engine = engine;
        _logger = logger;
        engine.SettlingNeeded = () => _settling.Release();
        engine.Log.Failed = OnFailed;
        engine.Damaged = damage => Log.Damaged(logger, damage);
        _committer = new Thread(Commit) { Name = "streams-commit", IsBackground = true };
        _settler = new Thread(Settle) { Name = "streams-settle", IsBackground = true };
    }

    /// <summary>Completes with the reason if the disk fails. The store refuses everything from then on; the process should end.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>Opens a directory, which is made if missing, and recovers what it holds.</summary>
    /// <param name="directory">The directory. One process at a time may hold it.</param>
    /// <param name="settings">The sizes to work with. They may differ from those of earlier times.</param>
    /// <param name="time">The clock that lifetimes run by.</param>
    /// <param name="metrics">Where measurements go.</param>
    /// <param name="logger">Where events go.</param>
    /// <exception cref="StreamStoreException">The directory is in use or damaged; the message says which.</exception>
    public static LogStreamStore Open(
        string directory,
        LogSettings settings,
        TimeProvider time,
        StreamMetrics metrics,
        ILogger logger
    )
    {
        var device = new DirectoryDevice(directory);
        try
        {
            var started = time.GetTimestamp();
            var store = new LogStreamStore(device, LogEngine.Open(device, settings, time, metrics, Schedule), logger);
            Log.Opened(logger, directory, store._engine.Recovered, time.GetElapsedTime(started).TotalMilliseconds);
            store._committer.Start();
            store._settler.Start();
            return store;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<CreateResult> CreateAsync(string name, CreateStream request, CancellationToken cancellationToken) =>
        _engine.Streams.CreateAsync(name, request, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(string name, AppendToStream request, CancellationToken cancellationToken) =>
        _engine.Streams.AppendAsync(name, request, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamPresence> DeleteAsync(string name, CancellationToken cancellationToken) =>
        _engine.Streams.DeleteAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamLookup> FindAsync(string name, StreamUse use, CancellationToken cancellationToken) =>
        _engine.Streams.FindAsync(name, use, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(StreamInfo stream, long position, Memory<byte> buffer, CancellationToken cancellationToken) =>
        _engine.Streams.ReadAsync(stream, position, buffer, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> WaitForChangeAsync(StreamInfo seen, TimeSpan patience, CancellationToken cancellationToken) =>
        _engine.Streams.WaitForChangeAsync(seen, patience, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamInfo> ListAsync(string prefix, string after, CancellationToken cancellationToken) =>
        _engine.Streams.ListAsync(prefix, after, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _committer.Join();
        _settler.Join();
        await _engine.Streams.DisposeAsync();
        _engine.Dispose();
        _device.Dispose();
        _settling.Dispose();
        _stopping.Dispose();
    }

    private static void Schedule(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);

    private void Commit()
    {
        try
        {
            while (true)
            {
                while (_engine.Log.CommitNext()) { }
                _engine.Log.WaitForWork(_stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // What was taken in before the end is still written.
            while (_engine.Log.CommitNext()) { }
        }
    }

    private void Settle()
    {
        try
        {
            while (true)
            {
                _engine.Prepare();
                while (_engine.SettleNext(WaitDurable)) { }
                _settling.Wait(_stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // A settling that was interrupted is done again after the next start.
        }
        catch (Exception exception)
        {
            _engine.Log.Fail(exception);
        }
    }

    [SuppressMessage(
        "Usage",
        "VSTHRD002",
        Justification = "The settling thread is the store's own; nothing else could run on it."
    )]
    private void WaitDurable(Task durable) => durable.Wait(_stopping.Token);

    private void OnFailed(Exception exception)
    {
        Log.Failed(_logger, exception);
        _failed.TrySetResult(exception);
    }
}
