using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Caching;
using Selvedge.Functions;
using Selvedge.Server.Admin;
using Selvedge.Server.Admission;
using Selvedge.Server.Caching;
using Selvedge.Server.Configuration;
using Selvedge.Server.Deployments;
using Selvedge.Server.Functions;
using Selvedge.Server.Pipeline;
using Selvedge.Server.Proxy;
using Selvedge.Server.Static;

namespace Selvedge.Server.Hosting;

/// <summary>Registers what a server consists of.</summary>
internal static class ServerServices
{
    private const string SocketDirectoryPrefix = "selvedge-";

    /// <summary>Adds what every server has.</summary>
    public static void AddCommon(IServiceCollection services, SelvedgeOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new RequestIds(options.Region));
        services.AddSingleton<NoSite>();
    }

    /// <summary>Adds everything a request to a site meets between the socket and its answer.</summary>
    public static void AddSite(IServiceCollection services, SelvedgeOptions options, Deployment deployment)
    {
        var environment = ProjectEnvironment.Read(deployment.ProjectRoot, options.Functions.Environment);
        services.AddSingleton(options.Proxy);
        services.AddSingleton(new LiveDeployment(deployment, environment));
        services.AddSingleton(new LoopGuard(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))));
        services.AddSingleton(new SmallFiles(options.Limits.SmallFileBytes, options.Limits.SmallFileBudgetBytes));
        services.AddSingleton(_ => CreateProxyClient(options.Proxy));
        services.AddSingleton(provider => CreateFunctionHost(provider, options));
        services.AddSingleton<RequestAdmission>();
        services.AddSingleton<StaticOrigin>();
        services.AddSingleton<FunctionOrigin>();
        services.AddSingleton<ExternalOrigin>();
        services.AddSingleton(new CachePolicies(options.Cache));
        services.AddSingleton<CacheAnswerWriter>();
        services.AddSingleton(provider => CreateCache(provider, options.Cache));
        services.AddSingleton<CachedOrigins>();
        services.AddSingleton<RequestPipeline>();
    }

    /// <summary>Adds the listener for those who run the server. Called last: it starts when what it speaks of has started.</summary>
    public static void AddAdmin(IServiceCollection services, SelvedgeOptions options)
    {
        services.AddSingleton(options.Admin);
        services.AddSingleton<AdminListener>();
        services.AddHostedService(provider => provider.GetRequiredService<AdminListener>());
    }

    private static FunctionHost CreateFunctionHost(IServiceProvider provider, SelvedgeOptions options)
    {
        var functions = options.Functions;
        SocketDirectories.Sweep(Path.GetTempPath(), SocketDirectoryPrefix + "*");
        return new FunctionHost(
            new FunctionHostOptions
            {
                NodePath = functions.NodePath,
                // Short, because a Unix socket's path ends at 107 bytes, and a data directory can lie anywhere.
                SocketDirectory = Path.Combine(
                    Path.GetTempPath(),
                    SocketDirectoryPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))
                ),
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

    private static HttpCache CreateCache(IServiceProvider provider, EdgeCacheOptions options) =>
        new(
            new CacheOptions { MemoryBytes = options.MemoryBytes },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<HttpCache>>()
        );

    private static HttpMessageInvoker CreateProxyClient(ProxyOptions options) =>
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ActivityHeadersPropagator = null,
                ConnectTimeout = options.ConnectTimeout,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
                ResponseHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
            }
        );
}
