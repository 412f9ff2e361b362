using System.Net;
using Selvedge.Functions.Isolation;
using Selvedge.Server.Hosting;
using Selvedge.Server.Streams;
using Selvedge.Streams.Projects;

namespace Selvedge.Server.Configuration;

/// <summary>Checks settings for what their types do not say.</summary>
internal static class SettingsValidator
{
    private const long SmallestLargeBody = 128 * 1024;

    /// <summary>Reports every fault.</summary>
    public static void Validate(SelvedgeOptions options, ICollection<SettingFault> faults)
    {
        ValidateUrls("Urls", options.Urls, faults);
        ValidateHttp2(options, faults);
        ValidateHosts(options.Hosts, faults);
        ValidateAdmin(options.Admin, faults);
        ValidateProxies(options.TrustedProxies, faults);
        if (options.Region.Length is 0 or > 16 || !options.Region.All(char.IsAsciiLetterOrDigit) || options.Region == "dev1")
        {
            faults.Add(
                new(nameof(options.Region), "Use up to 16 letters and digits, and not dev1, which turns on development mode.")
            );
        }

        NotNegative($"Limits:{nameof(LimitOptions.MaxRequestBodyBytes)}", options.Limits.MaxRequestBodyBytes, faults);
        NotNegative($"Limits:{nameof(LimitOptions.SmallFileBytes)}", options.Limits.SmallFileBytes, faults);
        NotNegative($"Limits:{nameof(LimitOptions.SmallFileBudgetBytes)}", options.Limits.SmallFileBudgetBytes, faults);
        Positive($"Limits:{nameof(LimitOptions.MaxRequestHeaderBytes)}", options.Limits.MaxRequestHeaderBytes, faults);
        Positive($"Limits:{nameof(LimitOptions.MaxStreamsPerConnection)}", options.Limits.MaxStreamsPerConnection, faults);
        Positive($"Limits:{nameof(LimitOptions.ShutdownTimeout)}", options.Limits.ShutdownTimeout.Ticks, faults);
        ValidateFunctions(options.Functions, faults);
        ValidatePermissions(options.Functions.NodePermissionsAllow, faults);
        Positive($"Proxy:{nameof(ProxyOptions.ConnectTimeout)}", options.Proxy.ConnectTimeout.Ticks, faults);
        Positive($"Proxy:{nameof(ProxyOptions.ResponseTimeout)}", options.Proxy.ResponseTimeout.Ticks, faults);
        ValidateStreamAuth(options, faults);
        Positive($"Streams:{nameof(StreamOptions.LongPollTimeout)}", options.Streams.LongPollTimeout.Ticks, faults);
        Positive($"Streams:{nameof(StreamOptions.SseLifetime)}", options.Streams.SseLifetime.Ticks, faults);
        Positive($"Streams:{nameof(StreamOptions.SseKeepAlive)}", options.Streams.SseKeepAlive.Ticks, faults);
        Positive($"Streams:{nameof(StreamOptions.MaxAppendBytes)}", options.Streams.MaxAppendBytes, faults);
        Positive($"Streams:{nameof(StreamOptions.PageBytes)}", options.Streams.PageBytes, faults);
        Positive($"Streams:{nameof(StreamOptions.MaxLiveReaders)}", options.Streams.MaxLiveReaders, faults);
        NotNegative($"Streams:{nameof(StreamOptions.MaxAwaitedFollowers)}", options.Streams.MaxAwaitedFollowers, faults);
        Positive($"Streams:{nameof(StreamOptions.MaxFollowerLag)}", options.Streams.MaxFollowerLag, faults);
        Positive($"Streams:{nameof(StreamOptions.WalBytes)}", options.Streams.WalBytes, faults);
        NotNegative($"Cache:{nameof(EdgeCacheOptions.MemoryBytes)}", options.Cache.MemoryBytes, faults);
        NotNegative($"DataCache:{nameof(DataOptions.MemoryBytes)}", options.DataCache.MemoryBytes, faults);
        NotNegative($"DataCache:{nameof(DataOptions.DiskBytes)}", options.DataCache.DiskBytes, faults);
        NotNegative($"Cache:{nameof(EdgeCacheOptions.DiskBytes)}", options.Cache.DiskBytes, faults);
        if (options.Cache.LargeBodyBytes < SmallestLargeBody)
        {
            faults.Add(new($"Cache:{nameof(EdgeCacheOptions.LargeBodyBytes)}", $"It must be at least {SmallestLargeBody}."));
        }

        Positive($"Prerender:{nameof(PrerenderOptions.MemoryBytes)}", options.Prerender.MemoryBytes, faults);
        NotNegative($"Prerender:{nameof(PrerenderOptions.DiskBytes)}", options.Prerender.DiskBytes, faults);
        Positive($"Prerender:{nameof(PrerenderOptions.MaxRegenerations)}", options.Prerender.MaxRegenerations, faults);
    }

    private static void ValidateUrls(string key, string urls, ICollection<SettingFault> faults)
    {
        var parts = Endpoints.Split(urls);
        if (parts.Length == 0)
        {
            faults.Add(new(key, "Name at least one address, such as http://localhost:3000."));
        }

        foreach (var part in parts)
        {
            // '*' and '+' mean every address of the machine, which a URI cannot say.
            var parsable = part.Replace("//*", "//0.0.0.0").Replace("//+", "//0.0.0.0");
            if (!Uri.TryCreate(parsable, UriKind.Absolute, out var uri) || uri.AbsolutePath != "/" || uri.Query.Length > 0)
            {
                faults.Add(new(key, $"'{part}' is not an address to listen on; write it like http://localhost:3000."));
            }
            else if (uri.Scheme != "http")
            {
                faults.Add(new(key, $"'{part}': only http is served here; let a proxy in front terminate TLS."));
            }
        }
    }

    private static void ValidateHttp2(SelvedgeOptions options, ICollection<SettingFault> faults)
    {
        const string key = nameof(SelvedgeOptions.Http2Urls);
        if (options.Http2Urls.Length == 0)
        {
            return;
        }

        ValidateUrls(key, options.Http2Urls, faults);
        var others = Endpoints.Split(options.Urls);
        foreach (var url in Endpoints.Split(options.Http2Urls))
        {
            // Port 0 is another one each time.
            if (others.Contains(url, StringComparer.OrdinalIgnoreCase) && !url.EndsWith(":0", StringComparison.Ordinal))
            {
                faults.Add(
                    new(key, $"'{url}' is in Urls too, and an address speaks one version of HTTP; give HTTP/2 a port of its own.")
                );
            }
        }
    }

    private static void ValidateFunctions(FunctionOptions functions, ICollection<SettingFault> faults)
    {
        Positive($"Functions:{nameof(FunctionOptions.MaxConcurrencyPerInstance)}", functions.MaxConcurrencyPerInstance, faults);
        Positive($"Functions:{nameof(FunctionOptions.MaxInstancesPerFunction)}", functions.MaxInstancesPerFunction, faults);
        Positive($"Functions:{nameof(FunctionOptions.MaxInstances)}", functions.MaxInstances, faults);
        NotNegative($"Functions:{nameof(FunctionOptions.MinInstances)}", functions.MinInstances, faults);
        NotNegative($"Functions:{nameof(FunctionOptions.WarmBlanks)}", functions.WarmBlanks, faults);
        Positive($"Functions:{nameof(FunctionOptions.MaxQueuedRequests)}", functions.MaxQueuedRequests, faults);
        NotNegative($"Functions:{nameof(FunctionOptions.QueueTimeout)}", functions.QueueTimeout.Ticks, faults);
        NotNegative($"Functions:{nameof(FunctionOptions.MaxResidentBytes)}", functions.MaxResidentBytes, faults);
        Positive($"Functions:{nameof(FunctionOptions.StartTimeout)}", functions.StartTimeout.Ticks, faults);
        NotNegative($"Functions:{nameof(FunctionOptions.IdleTimeout)}", functions.IdleTimeout.Ticks, faults);
    }

    private static void ValidateHosts(IReadOnlyList<string> hosts, ICollection<SettingFault> faults)
    {
        for (var i = 0; i < hosts.Count; i++)
        {
            var name = hosts[i].StartsWith("*.", StringComparison.Ordinal) ? hosts[i][2..] : hosts[i];
            var valid =
                Uri.TryCreate($"http://{name}/", UriKind.Absolute, out var uri)
                && (
                    $"{uri.Host}:{uri.Port}".Equals(name, StringComparison.OrdinalIgnoreCase)
                    || uri.Host.Equals(name, StringComparison.OrdinalIgnoreCase)
                );
            if (!valid)
            {
                faults.Add(
                    new(
                        $"Hosts:{i}",
                        $"'{hosts[i]}' is not a name; write it like example.com, example.com:8080 or *.example.com."
                    )
                );
            }
        }
    }

    private static void ValidateAdmin(AdminOptions admin, ICollection<SettingFault> faults)
    {
        if (admin.Urls.Length == 0)
        {
            return;
        }

        ValidateUrls($"Admin:{nameof(AdminOptions.Urls)}", admin.Urls, faults);
        if (admin.Token.Length < 16)
        {
            faults.Add(new($"Admin:{nameof(AdminOptions.Token)}", "The admin listener needs a token of at least 16 characters."));
        }
    }

    private static void ValidatePermissions(IReadOnlyList<string> allowed, ICollection<SettingFault> faults)
    {
        for (var i = 0; i < allowed.Count; i++)
        {
            if (!NodePermissions.Grants.Contains(allowed[i], StringComparer.Ordinal))
            {
                faults.Add(
                    new(
                        $"Functions:{nameof(FunctionOptions.NodePermissionsAllow)}:{i}",
                        $"'{allowed[i]}' is nothing that can be allowed; there are {string.Join(", ", NodePermissions.Grants)}."
                    )
                );
            }
        }
    }

    private static void ValidateStreamAuth(SelvedgeOptions options, ICollection<SettingFault> faults)
    {
        var streams = options.Streams;
        if (!Enum.IsDefined(streams.Auth))
        {
            faults.Add(new($"Streams:{nameof(StreamOptions.Auth)}", "It must be jwt or none."));
        }

        if (streams is { Enabled: true, Auth: StreamAuth.None, OpenToNetwork: false } && !options.ListensOnLoopbackOnly())
        {
            faults.Add(
                new(
                    $"Streams:{nameof(StreamOptions.Auth)}",
                    $"none would let everybody who reaches {options.AllUrls} read and write all streams. Use jwt, listen on a loopback "
                        + $"address, or say that this is meant with Streams:{nameof(StreamOptions.OpenToNetwork)}=true."
                )
            );
        }

        for (var i = 0; i < streams.CorsOrigins.Count; i++)
        {
            if (!CorsOrigin.IsOne(streams.CorsOrigins[i]))
            {
                faults.Add(
                    new(
                        $"Streams:{nameof(StreamOptions.CorsOrigins)}:{i}",
                        $"'{streams.CorsOrigins[i]}' is no origin; write it like https://app.example, or * for every one."
                    )
                );
            }
        }
    }

    private static void ValidateProxies(IReadOnlyList<string> proxies, ICollection<SettingFault> faults)
    {
        for (var i = 0; i < proxies.Count; i++)
        {
            if (!IPAddress.TryParse(proxies[i], out _) && !IPNetwork.TryParse(proxies[i], out _))
            {
                faults.Add(new($"TrustedProxies:{i}", $"'{proxies[i]}' is neither an address nor a network such as 10.0.0.0/8."));
            }
        }
    }

    private static void NotNegative(string key, long value, ICollection<SettingFault> faults)
    {
        if (value < 0)
        {
            faults.Add(new(key, "It cannot be negative."));
        }
    }

    private static void Positive(string key, long value, ICollection<SettingFault> faults)
    {
        if (value <= 0)
        {
            faults.Add(new(key, "It must be greater than zero."));
        }
    }
}
