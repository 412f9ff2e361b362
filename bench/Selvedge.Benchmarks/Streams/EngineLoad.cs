using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Storage;

namespace Selvedge.Benchmarks.Streams;

/// <summary>Writers that each append to a stream of their own, the next record as soon as the one before is durable.</summary>
internal sealed class EngineLoad : IAsyncDisposable
{
    /// <summary>The bytes of one append.</summary>
    public const int RecordBytes = 100;

    // Counters of different writers do not share a cache line.
    private const int Spacing = 16;

    private readonly string _directory;
    private readonly GroupCounts _groups = new();
    private readonly LogStreamStore[] _stores;
    private readonly Task[] _work;
    private readonly long[] _appends;
    private volatile bool _over;

    private EngineLoad(string directory, int stores, int writers)
    {
        _directory = directory;
        _stores = [.. Enumerable.Range(0, stores).Select(i => Open(Path.Combine(directory, $"store-{i}")))];
        _work = new Task[writers];
        _appends = new long[writers * Spacing];
    }

    /// <summary>Opens the stores and lets the writers begin.</summary>
    /// <param name="directory">Where the stores are made, a directory each.</param>
    /// <param name="stores">How many whole stores the streams are spread over.</param>
    /// <param name="writers">How many writers.</param>
    public static async Task<EngineLoad> BeginAsync(string directory, int stores, int writers)
    {
        var load = new EngineLoad(directory, stores, writers);
        var request = new CreateStream { Config = new StreamConfig("application/octet-stream", Lifetime.Endless, Fork: null) };
        for (var i = 0; i < writers; i++)
            await load.StoreOf(i).CreateAsync(NameOf(i), request, CancellationToken.None);
        for (var i = 0; i < writers; i++)
        {
            var writer = i;
            load._work[i] = Task.Run(() => load.WriteAsync(writer));
        }

        return load;
    }

    /// <summary>Watches the writers for a while.</summary>
    public async Task<EngineRate> MeasureAsync(TimeSpan duration)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var (groups, records, microseconds) = _groups.Now;
        var appends = Appends();
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(duration, TimeProvider.System);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        appends = Appends() - appends;
        var after = _groups.Now;
        groups = after.Groups - groups;
        return new EngineRate(
            appends / seconds,
            groups / seconds,
            (double)(after.Records - records) / Math.Max(1, groups),
            (after.Microseconds - microseconds) / (seconds * 1e6),
            (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / Math.Max(1, appends)
        );
    }

    public async ValueTask DisposeAsync()
    {
        _over = true;
        await Task.WhenAll(_work);
        foreach (var store in _stores)
            await store.DisposeAsync();
        _groups.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task WriteAsync(int writer)
    {
        var (store, name) = (StoreOf(writer), NameOf(writer));
        var request = new AppendToStream { Content = new byte[RecordBytes] };
        while (!_over)
        {
            var result = await store.AppendAsync(name, request, CancellationToken.None);
            if (result.Outcome != AppendOutcome.Appended)
                throw new InvalidOperationException($"An append was answered with {result.Outcome}.");
            _appends[writer * Spacing]++;
        }
    }

    private long Appends() => _appends.Sum();

    private LogStreamStore StoreOf(int writer) => _stores[writer % _stores.Length];

    private static string NameOf(int writer) => $"bench/{writer}";

    private LogStreamStore Open(string directory) =>
        LogStreamStore.Open(directory, new LogSettings(), TimeProvider.System, _groups.Metrics, NullLogger.Instance);
}
