using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching;
using Selvedge.Server.Streams;
using Selvedge.Streams;
using Selvedge.Streams.Projects;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>Streams in memory behind their cache, on a real port, by a clock that a test moves.</summary>
internal sealed class StreamSite : IAsyncDisposable, IMeterFactory
{
    /// <summary>Short, so that a stream of a few bytes has pages that do not reach its tail.</summary>
    public const int PageBytes = 16;

    private readonly List<(int Count, TaskCompletionSource Reached)> _barriers = [];
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private WebApplication? _app;
    private StreamHost? _host;
    private int _readers;

    private StreamSite()
    {
        Cache = new HttpCache(new CacheOptions(), Clock, this, NullLogger<HttpCache>.Instance);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "selvedge.streams.live_readers" && ReferenceEquals(instrument.Meter.Scope, this))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, change, _, _) => Count(change));
        _listener.Start();
    }

    public ManualClock Clock { get; } = new();

    public HttpCache Cache { get; }

    public HttpClient Client { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>How many pages were read from the store so far.</summary>
    public long OriginReads => _host!.Metrics.PagesRead;

    public StreamMetrics Metrics => _host!.Metrics;

    public static async Task<StreamSite> StartAsync(StreamOptions? options = null)
    {
        var site = new StreamSite();
        site._host = await StreamHost.OpenAsync(
            (options ?? new StreamOptions { PageBytes = PageBytes }) with
            {
                InMemory = true,
                Auth = StreamAuth.None,
            },
            ProjectRegistry.InMemory(),
            dataDirectory: "",
            site.Clock,
            site,
            NullLoggerFactory.Instance,
            site.Cache,
            TestContext.Current.CancellationToken
        );
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        site._app = builder.Build();
        site._app.Run(site._host.InvokeAsync);
        await site._app.StartAsync(TestContext.Current.CancellationToken);
        site.Address = new Uri(site._app.Urls.Single());
        site.Client = PlainHttp.CreateClient(site.Address);
        return site;
    }

    public async Task<HttpAnswer> CreateAsync(string id, string content = "", params (string Name, string Value)[] headers) =>
        await Client.AnswerAsync(HttpMethod.Put, PathOf(id), Body(content), headers);

    public async Task<HttpAnswer> AppendAsync(string id, string content)
    {
        var answer = await Client.AnswerAsync(HttpMethod.Post, PathOf(id), Body(content));
        Assert.Equal(204, answer.Status);
        return answer;
    }

    public Task<HttpAnswer> CloseAsync(string id) =>
        Client.AnswerAsync(HttpMethod.Post, PathOf(id), content: null, ("Stream-Closed", "true"));

    public Task<HttpAnswer> DeleteAsync(string id) => Client.AnswerAsync(HttpMethod.Delete, PathOf(id), content: null);

    public Task<HttpAnswer> ReadAsync(string id, string query = "offset=-1", params (string Name, string Value)[] headers) =>
        Client.AnswerAsync($"{PathOf(id)}?{query}", headers);

    public Task<HttpAnswer> PollAsync(
        string id,
        string offset = "-1",
        string? cursor = null,
        params (string Name, string Value)[] headers
    ) => ReadAsync(id, $"offset={offset}&live=long-poll{(cursor is null ? "" : $"&cursor={cursor}")}", headers);

    /// <summary>Starts a read that waits, and returns when it does.</summary>
    public async Task<Task<HttpAnswer>> WaitingAsync(Func<Task<HttpAnswer>> read)
    {
        var waiting = ReadersAsync(ReaderCount + 1);
        var answer = read();
        await waiting;
        return answer;
    }

    /// <summary>Completes when this many readers wait.</summary>
    public Task ReadersAsync(int count)
    {
        lock (_gate)
        {
            if (_readers >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _barriers.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Lets nobody wait any longer.</summary>
    public void EndLiveReads() => _host!.EndLiveReads();

    public static string PathOf(string id) => $"/v1/stream/{id}";

    public static string Offset(int position) =>
        $"{new string('0', 16)}_{position.ToString("D15", CultureInfo.InvariantCulture)}0";

    Meter IMeterFactory.Create(MeterOptions options) => new(options.Name, options.Version, options.Tags, scope: this);

    void IDisposable.Dispose() { }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _host!.EndLiveReads();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _host.DisposeAsync();
        Cache.Dispose();
        _listener.Dispose();
    }

    private int ReaderCount
    {
        get
        {
            lock (_gate)
                return _readers;
        }
    }

    private void Count(int change)
    {
        lock (_gate)
        {
            _readers += change;
            foreach (var (_, reached) in _barriers.Where(barrier => barrier.Count <= _readers))
                reached.TrySetResult();
            _barriers.RemoveAll(barrier => barrier.Count <= _readers);
        }
    }

    private static StringContent Body(string content) => new(content, Encoding.UTF8, "text/plain");
}
