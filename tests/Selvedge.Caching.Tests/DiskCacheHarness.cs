using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage.Disk;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests;

/// <summary>A cache with a disk tier that can be started again in front of the same origin.</summary>
internal sealed class DiskCacheHarness : IAsyncDisposable
{
    /// <summary>Longer bodies are not held in memory.</summary>
    public const int LargeBody = 128 * 1024;

    private readonly TempDirectory _directory = new();
    private readonly long _memoryBytes;
    private readonly IDiskFiles _files;

    public DiskCacheHarness(ScriptedOrigin origin, long memoryBytes = 16 * 1024 * 1024, IDiskFiles? files = null)
    {
        Origin = origin;
        _memoryBytes = memoryBytes;
        _files = files ?? new DiskFiles();
        Start();
    }

    /// <summary>In front of an origin that looks at the request.</summary>
    public DiskCacheHarness(Func<IRequestFields, OriginReply> answer)
        : this(new ScriptedOrigin((fields, _, _) => Task.FromResult(answer(fields)))) { }

    public ScriptedOrigin Origin { get; }

    public ManualClock Clock { get; private set; } = new(timestampFrequency: ManualClock.OddFrequency);

    public HttpCache Cache { get; private set; } = null!;

    /// <summary>Whether what is asked for stays in memory.</summary>
    public bool IsMemoryOnly { get; init; }

    public string Root => _directory.Combine("cache");

    public void Start(DateTimeOffset? now = null)
    {
        // A new process: its monotonic clock begins anew.
        Clock = new ManualClock(now ?? Clock.GetUtcNow(), ManualClock.OddFrequency);
        var store = DiskStore.Open(
            new DiskStoreOptions { Directory = Root, MaxBytes = 64 * 1024 * 1024 },
            Clock,
            NullLoggerFactory.Instance,
            _files
        );
        Cache = new HttpCache(
            new CacheOptions { MemoryBytes = _memoryBytes, LargeBodyBytes = LargeBody },
            Clock,
            new TestMeters(),
            NullLogger<HttpCache>.Instance,
            store
        );
    }

    public async Task StopAsync() => await Cache.DisposeAsync();

    public async Task RestartAsync()
    {
        await SettleAsync();
        await StopAsync();
        Start();
    }

    /// <summary>Waits until bodies have arrived and everything is written.</summary>
    public async Task SettleAsync()
    {
        while (Cache.Fetches + Cache.DiskWrites > 0)
        {
            await Task.Yield();
        }
    }

    public Task<CacheAnswer> AskAsync(params (string Name, string Value)[] fields) => AskAsync("/", fields);

    public Task<CacheAnswer> AskAsync(string key, params (string Name, string Value)[] fields)
    {
        var request = new RequestFields(fields);
        return Cache
            .AnswerAsync(
                new CacheRequest
                {
                    Key = key,
                    Target = "t",
                    Method = "GET",
                    Fields = request,
                    Policy = new HttpPolicy(HttpPolicyOptions.External),
                    Origin = Origin.For(request),
                    IsMemoryOnly = IsMemoryOnly,
                },
                CancellationToken.None
            )
            .AsTask();
    }

    public async Task<string> ReadAsync(params (string Name, string Value)[] fields) =>
        await CacheHarness.TextAsync(await AskAsync(fields));

    public async Task<string> AskAndReadAsync(string key) => await CacheHarness.TextAsync(await AskAsync(key));

    public async ValueTask DisposeAsync()
    {
        await Cache.DisposeAsync();
        _directory.Dispose();
    }
}
