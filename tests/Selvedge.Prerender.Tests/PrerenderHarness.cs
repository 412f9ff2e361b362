using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.BuildOutput;
using Selvedge.Caching;
using Selvedge.Testing;

namespace Selvedge.Prerender.Tests;

/// <summary>A prerender cache with a manual clock and a scripted renderer.</summary>
internal sealed class PrerenderHarness : IAsyncDisposable
{
    private readonly TempDirectory? _directory;

    public PrerenderHarness(TempDirectory? directory = null, ManualClock? clock = null, params PrerenderAsset[] prerenders)
    {
        _directory = directory;
        Clock = clock ?? new ManualClock(timestampFrequency: ManualClock.OddFrequency);
        Site = new PrerenderSite("r1", prerenders, Renderer);
        Cache = Open();
    }

    public ManualClock Clock { get; }

    public ScriptedRenderer Renderer { get; } = new();

    public PrerenderSite Site { get; }

    public PrerenderCache Cache { get; private set; }

    /// <summary>A prerender that is fresh for 10 seconds and answers for a minute, unless the test says otherwise.</summary>
    public static PrerenderAsset Asset(string path = "/page", Func<PrerenderConfig, PrerenderConfig>? change = null)
    {
        var config = new PrerenderConfig
        {
            Expiration = TimeSpan.FromSeconds(10),
            StaleExpiration = TimeSpan.FromSeconds(60),
            AllowQuery = [],
        };
        return new PrerenderAsset(path) { Bundle = null!, Config = change?.Invoke(config) ?? config };
    }

    public PrerenderRequest Request(
        PrerenderAsset asset,
        string query = "",
        PrerenderDemand demand = PrerenderDemand.Visit,
        string authority = "example.com"
    ) =>
        new(
            Site,
            asset,
            new RenderScene
            {
                Scheme = "https",
                Authority = authority,
                ClientPath = asset.OutputPath,
                Query = query,
            },
            demand
        );

    public async Task<Seen> AskAsync(
        PrerenderAsset asset,
        string query = "",
        PrerenderDemand demand = PrerenderDemand.Visit,
        string authority = "example.com",
        CancellationToken cancellationToken = default
    ) => await SeeAsync(await Cache.AnswerAsync(Request(asset, query, demand, authority), cancellationToken));

    /// <summary>Asks, and waits until what that has set off is done.</summary>
    public async Task<Seen> SettleAsync(PrerenderAsset asset, string query = "", PrerenderDemand demand = PrerenderDemand.Visit)
    {
        var seen = await AskAsync(asset, query, demand);
        await Cache.WhenQuietAsync();
        return seen;
    }

    /// <summary>Closes the cache and opens it again, as a restart of the server does.</summary>
    public async Task RestartAsync()
    {
        await Cache.DisposeAsync();
        // No machine is as fast as to do it in no time.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Cache = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Cache.DisposeAsync();
        _directory?.Dispose();
    }

    private PrerenderCache Open()
    {
        var cache = new PrerenderCache(
            new PrerenderCacheOptions { Directory = _directory?.Path },
            Clock,
            new TestMeters(),
            NullLoggerFactory.Instance
        );
        cache.Add(Site);
        return cache;
    }

    private static async Task<Seen> SeeAsync(CacheAnswer answer)
    {
        await using (answer)
        {
            if (answer.Failure is { } failure)
                return new Seen(answer.Verdict.ToString(), failure.Status, failure.Code);
            if (answer.Reply is { } reply)
            {
                using var text = new StreamReader(reply.Body);
                return new Seen(answer.Verdict.ToString(), reply.Status, await text.ReadToEndAsync());
            }

            var body = new MemoryStream();
            using var reader = answer.Stored!.Body.Read();
            while (await reader.ReadAsync(CancellationToken.None) is { IsEmpty: false } piece)
                body.Write(piece.Span);
            return new Seen(answer.Verdict.ToString(), answer.Stored.Status, Encoding.UTF8.GetString(body.ToArray()));
        }
    }
}
