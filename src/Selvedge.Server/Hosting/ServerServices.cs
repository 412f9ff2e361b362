using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Caching;
using Selvedge.Caching.Storage.Disk;
using Selvedge.Functions;
using Selvedge.Functions.Isolation;
using Selvedge.Functions.Runtimes;
using Selvedge.Server.Admin;
using Selvedge.Server.Admission;
using Selvedge.Server.Caching;
using Selvedge.Server.Configuration;
using Selvedge.Server.Data;
using Selvedge.Server.Deployments;
using Selvedge.Server.Functions;
using Selvedge.Server.Hits;
using Selvedge.Server.Images;
using Selvedge.Server.Loopback;
using Selvedge.Server.Pipeline;
using Selvedge.Server.Prerender;
using Selvedge.Server.Proxy;
using Selvedge.Server.Static;

namespace Selvedge.Server.Hosting;

/// <summary>Registers what a server consists of.</summary>
internal static class ServerServices
{
    /// <summary>Adds what every server has.</summary>
    public static void AddCommon(IServiceCollection services, SelvedgeOptions options, TimeProvider clock)
    {
        services.AddSingleton(clock);
        services.AddSingleton(new RequestIds(options.Region));
        services.AddSingleton<NoSite>();
        services.AddSingleton(provider => CreateCache(provider, options, disk: null));
    }

    /// <summary>Adds everything a request to a site meets between the socket and its answer.</summary>
    public static void AddSite(IServiceCollection services, SelvedgeOptions options, Deployment deployment, NodeRuntime? node)
    {
        var environment = ProjectEnvironment.Read(deployment.ProjectRoot, options.Functions.Environment);
        services.AddSingleton(options.Proxy);
        services.AddSingleton(provider => new LiveDeployment(
            deployment,
            environment,
            provider.GetRequiredService<Func<string, DataCacheAccess>>()
        ));
        DataServices.Add(services, options);
        services.AddSingleton(new LoopGuard(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))));
        services.AddSingleton(new SmallFiles(options.Limits.SmallFileBytes, options.Limits.SmallFileBudgetBytes));
        services.AddSingleton<InterimTap>();
        services.AddSingleton(provider => CreateProxyClient(options.Proxy, provider.GetRequiredService<InterimTap>()));
        services.AddSingleton(provider => new SiteLoopback(options.Hosts, environment, provider.GetRequiredService<IServer>()));
        services.AddSingleton(provider => CreateFunctionHost(provider, options, node));
        services.AddSingleton<RequestAdmission>();
        services.AddSingleton(provider => new AdmittedHosts(options.Hosts, provider.GetRequiredService<SiteLoopback>().Names));
        services.AddSingleton<KnownRequests>();
        services.AddSingleton<HitRecorder>();
        services.AddSingleton<HitPath>();
        services.AddSingleton<StaticOrigin>();
        services.AddSingleton<FunctionOrigin>();
        services.AddSingleton<ExternalOrigin>();
        services.AddSingleton(new CachePolicies(options.Cache));
        services.AddSingleton<CacheAnswerWriter>();
        services.AddSingleton(provider => CreateCache(provider, options, OpenDisk(provider, options)));
        services.AddSingleton<CachedOrigins>();
        services.AddSingleton(provider => PrerenderCaches.Open(provider, options));
        services.AddSingleton<SitePrerenders>();
        services.AddSingleton<PostponedAnswer>();
        services.AddSingleton<PrerenderOrigin>();
        services.AddSingleton<PrerenderPurges>();
        services.AddSingleton<ImageOrigin>();
        services.AddSingleton<RequestPipeline>();
    }

    /// <summary>Adds the listener for those who run the server. Called last: it starts when what it speaks of has started.</summary>
    public static void AddAdmin(IServiceCollection services, SelvedgeOptions options)
    {
        services.AddSingleton(options.Admin);
        services.AddSingleton<AdminListener>();
        services.AddHostedService(provider => provider.GetRequiredService<AdminListener>());
    }

    private static FunctionHost CreateFunctionHost(IServiceProvider provider, SelvedgeOptions options, NodeRuntime? node)
    {
        var functions = options.Functions;
        var loopback = provider.GetRequiredService<SiteLoopback>();
        SocketDirectories.Sweep(Path.GetTempPath(), SiteLoopback.DirectoryPrefix + "*");
        return new FunctionHost(
            new FunctionHostOptions
            {
                NodePath = node?.Path ?? (functions.NodePath.Length > 0 ? functions.NodePath : "node"),
                Isolation = functions.Isolation,
                Sandbox = SandboxOf(functions),
                Permissions = functions.NodePermissions
                    ? new NodePermissions
                    {
                        NodeMajor = node?.Version.Major ?? NodeRuntime.NewestMajor,
                        Allowed = functions.NodePermissionsAllow,
                    }
                    : null,
                SocketDirectory = loopback.Directory,
                Loopback = new FunctionLoopback { SocketPath = loopback.SocketPath, Names = loopback.Names },
                MaxConcurrencyPerInstance = functions.MaxConcurrencyPerInstance,
                MaxInstancesPerFunction = functions.MaxInstancesPerFunction,
                MaxInstances = functions.MaxInstances,
                MinInstances = functions.MinInstances,
                WarmBlanks = functions.WarmBlanks,
                MaxQueuedRequests = functions.MaxQueuedRequests,
                QueueTimeout = OrForever(functions.QueueTimeout),
                MaxResidentBytes = functions.MaxResidentBytes == 0 ? null : functions.MaxResidentBytes,
                StartTimeout = functions.StartTimeout,
                IdleTimeout = OrForever(functions.IdleTimeout),
                MaxHeaderBytes = options.Limits.MaxRequestHeaderBytes,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["VERCEL_REGION"] = options.Region,
                    ["NOW_REGION"] = options.Region,
                },
            },
            provider.GetRequiredService<TimeProvider>(),
            new FunctionMetrics(provider.GetRequiredService<IMeterFactory>()),
            provider.GetRequiredService<ILoggerFactory>()
        );
    }

    // In settings, 0 means that there is no such limit.
    private static TimeSpan OrForever(TimeSpan limit) => limit == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : limit;

    private static SandboxOptions SandboxOf(FunctionOptions functions) =>
        new() { BubblewrapPath = functions.BubblewrapPath, Network = functions.SandboxNetwork };

    private static HttpCache CreateCache(IServiceProvider provider, SelvedgeOptions options, DiskStore? disk) =>
        new(
            new CacheOptions { MemoryBytes = options.Cache.MemoryBytes, LargeBodyBytes = options.Cache.LargeBodyBytes },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<HttpCache>>(),
            disk
        );

    private static DiskStore? OpenDisk(IServiceProvider provider, SelvedgeOptions options) =>
        CacheDisk.TryOpen(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());

    private static HttpMessageInvoker CreateProxyClient(ProxyOptions options, InterimTap tap) =>
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ActivityHeadersPropagator = null,
                ConnectTimeout = options.ConnectTimeout,
                ConnectCallback = OriginSockets.ConnectAsync,
                PlaintextStreamFilter = (context, _) => ValueTask.FromResult(tap.Watch(context.PlaintextStream)),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
                ResponseHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
            }
        );
}
