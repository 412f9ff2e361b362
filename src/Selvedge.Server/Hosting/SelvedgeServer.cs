using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Functions;
using Selvedge.Functions.Runtimes;
using Selvedge.Prerender;
using Selvedge.Server.Admin;
using Selvedge.Server.Configuration;
using Selvedge.Server.Deployments;
using Selvedge.Server.Hits;
using Selvedge.Server.Loopback;
using Selvedge.Server.Pipeline;
using Selvedge.Server.Streams;
using Selvedge.Server.Turns;

namespace Selvedge.Server.Hosting;

/// <summary>One server: it listens, answers from a deployment, and drains before it ends.</summary>
public sealed class SelvedgeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FunctionHost? _functions;
    private readonly StreamService? _streams;
    private readonly LoopbackListener? _loopback;
    private readonly SelvedgeOptions _options;

    private SelvedgeServer(WebApplication app, LoopbackListener? loopback, SelvedgeOptions options)
    {
        _app = app;
        _loopback = loopback;
        _streams = app.Services.GetService<StreamService>();
        _options = options;
        _functions = app.Services.GetService<FunctionHost>();
    }

    /// <summary>The addresses it speaks HTTP/1.1 on, once started; a port 0 of the settings has become a real one.</summary>
    public IReadOnlyCollection<string> Addresses => [.. AllAddresses.Take(Endpoints.Split(_options.Urls).Length)];

    /// <summary>The addresses it speaks HTTP/2 on, once started; empty unless the settings name some.</summary>
    public IReadOnlyCollection<string> Http2Addresses => [.. AllAddresses.Skip(Endpoints.Split(_options.Urls).Length)];

    /// <summary>The addresses of the admin listener, once started; empty if it is off.</summary>
    public IReadOnlyCollection<string> AdminAddresses => _app.Services.GetService<AdminListener>()?.Addresses ?? [];

    /// <summary>What its streams do.</summary>
    public StreamState Streams => _streams?.State ?? StreamState.Off;

    /// <summary>Completes when no prerender is being rendered, read or written.</summary>
    internal Task PrerendersAreQuietAsync() => _app.Services.GetService<PrerenderCache>()?.WhenQuietAsync() ?? Task.CompletedTask;

    /// <summary>Puts a server together; nothing listens yet.</summary>
    /// <param name="options">Settings without fault, from <see cref="Settings.Load"/>.</param>
    /// <param name="deployment">What to serve; <see langword="null"/> for streams only.</param>
    /// <param name="configureLogging">Where log events go.</param>
    /// <param name="clock">The clock of everything that takes time; the system's if left out.</param>
    /// <param name="node">
    /// The Node.js that runs functions; <see langword="null"/> takes what <see cref="FunctionOptions.NodePath"/> names, unseen.
    /// </param>
    public static SelvedgeServer Create(
        SelvedgeOptions options,
        Deployment? deployment,
        Action<ILoggingBuilder> configureLogging,
        TimeProvider? clock = null,
        NodeRuntime? node = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configureLogging(builder.Logging);
        // Each request would get an activity and a log scope for the sake of events that nobody wants: the pipeline has its own.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                KestrelSetup.Apply(kestrel, options.Limits);
                Endpoints.Listen(kestrel, options);
            });
        KestrelSetup.HandleRequestsWhereTheyArrive(builder);
        builder.Services.AddMetrics();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Limits.ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        ServerServices.AddCommon(builder.Services, options, clock ?? TimeProvider.System);
        if (deployment is not null)
        {
            ServerServices.AddSite(builder.Services, options, deployment, node);
        }

        if (options.Streams.Enabled)
        {
            StreamService.Add(builder.Services, options, hasSite: deployment is not null);
        }

        ServerServices.AddAdmin(builder.Services, options);
        var app = builder.Build();
        UseTrustedProxies(app, options.TrustedProxies);
        RequestDelegate site = deployment is null
            ? app.Services.GetRequiredService<NoSite>().InvokeAsync
            : app.Services.GetRequiredService<RequestPipeline>().InvokeAsync;
        var streams = app.Services.GetService<StreamService>();
        var answer = streams is null ? site : new StreamMount(streams, site).InvokeAsync;
        app.Run(
            app.Services.GetService<HitPath>() is { } hits
                ? http => hits.InvokeAsync(http, answer)
                : http => PoolBound.InvokeAsync(http, answer)
        );
        return new SelvedgeServer(app, deployment is null ? null : CreateLoopback(app, options, answer), options);
    }

    /// <summary>Starts listening.</summary>
    /// <exception cref="Selvedge.Streams.StreamStoreException">The streams' directory is in use or damaged; the message says which.</exception>
    /// <exception cref="IOException">An address is taken or may not be listened on; the message names it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_loopback is not null)
        {
            await _loopback.StartAsync(cancellationToken);
        }

        await _app.StartAsync(cancellationToken);
        if (_functions is not null)
        {
            _functions.Expect(_app.Services.GetRequiredService<LiveDeployment>().Functions);
        }
    }

    /// <summary>Waits for SIGINT or SIGTERM, then drains: requests under way finish, then functions end.</summary>
    /// <returns>Whether it ended as it should: <see langword="false"/> if the streams' disk failed, and the process must be replaced.</returns>
    public async Task<bool> WaitForShutdownAsync()
    {
        await _app.WaitForShutdownAsync();
        await DrainFunctionsAsync();
        return _streams is not { HasFailed: true };
    }

    /// <summary>Stops listening and drains, as a signal would make it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _app.StopAsync(cancellationToken);
        await DrainFunctionsAsync();
    }

    /// <summary>Ends whatever still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_loopback is not null)
        {
            await _loopback.DisposeAsync();
        }

        await _app.DisposeAsync();
    }

    private ICollection<string> AllAddresses =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    private async Task DrainFunctionsAsync()
    {
        if (_functions is null)
        {
            return;
        }

        // What a function promised to finish after its answer (waitUntil) gets as long as requests did.
        var clock = _app.Services.GetRequiredService<TimeProvider>();
        using var limit = new CancellationTokenSource(_options.Limits.ShutdownTimeout, clock);
        await _functions.DrainAsync(limit.Token);
        if (_loopback is not null)
        {
            await _loopback.StopAsync(limit.Token);
        }
    }

    private static LoopbackListener CreateLoopback(WebApplication app, SelvedgeOptions options, RequestDelegate site)
    {
        // Makes the directory that the socket lies in.
        _ = app.Services.GetRequiredService<FunctionHost>();
        return new LoopbackListener(
            app.Services.GetRequiredService<SiteLoopback>().SocketPath,
            options.Limits,
            app.Services,
            site
        );
    }

    private static void UseTrustedProxies(WebApplication app, IReadOnlyList<string> proxies)
    {
        if (proxies.Count == 0)
        {
            return;
        }

        // Without a limit, because addresses are believed from the nearest proxy on only as long as each is a trusted one.
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            var single = System.Net.IPAddress.TryParse(proxy, out var address);
            forwarded.KnownIPNetworks.Add(
                single
                    ? new System.Net.IPNetwork(address!, address!.GetAddressBytes().Length * 8)
                    : System.Net.IPNetwork.Parse(proxy)
            );
        }

        app.UseForwardedHeaders(forwarded);
    }
}
