using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.Caching;
using Selvedge.Caching.Data;
using Selvedge.Server.Caching;
using Selvedge.Server.Data;
using Selvedge.Server.Deployments;
using Selvedge.Server.Prerender;

namespace Selvedge.Server.Admin;

/// <summary>The cache on the admin listener.</summary>
internal sealed class CacheEndpoint(
    HttpCache cache,
    TagRevalidator tags,
    PrerenderPurges prerenders,
    LiveDeployment deployment,
    ILogger<CacheEndpoint> logger
)
{
    private const int MaxItems = 1000;
    private const int MaxBytes = 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary><c>GET /cache</c>: counts what it holds and does.</summary>
    public Task CountAsync(HttpContext http) =>
        http.Response.WriteAsJsonAsync(
            new
            {
                responses = cache.Count,
                bytes = cache.Bytes,
                fetches = cache.Fetches,
                disk = new
                {
                    entries = cache.DiskCount,
                    bytes = cache.DiskBytes,
                    writes = cache.DiskWrites,
                },
            },
            http.RequestAborted
        );

    /// <summary><c>POST /cache/purge</c>: answers when the purge holds.</summary>
    public async Task PurgeAsync(HttpContext http)
    {
        var (order, fault) = await ReadAsync(http);
        if (order is null)
        {
            await AdminAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, fault!);
            return;
        }

        await PurgeAsync(order, http.RequestAborted);
        Log.Purged(logger, order.All, order.Tags.Count, order.Urls.Count, order.Prefixes.Count, order.Soft);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<(PurgeOrder? Order, string? Fault)> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or > MaxBytes)
        {
            return (null, $"Send a JSON object of at most {MaxBytes} bytes, with its length.");
        }

        try
        {
            var order = await JsonSerializer.DeserializeAsync<PurgeOrder>(http.Request.Body, Json, http.RequestAborted);
            return order is null ? (null, "Send a JSON object.")
                : (order, FaultOf(order)) is (_, { } fault) ? (null, fault)
                : (order, null);
        }
        catch (JsonException exception)
        {
            return (null, $"The order cannot be read: {exception.Message}");
        }
    }

    private static string? FaultOf(PurgeOrder order)
    {
        var urls = order.Urls.Concat(order.Prefixes).ToList();
        return urls.Count + order.Tags.Count > MaxItems ? $"Purge at most {MaxItems} things at once."
            : urls.Count + order.Tags.Count == 0 && !order.All ? "Name urls, prefixes or tags, or set all."
            : urls.Find(url => CacheKeys.OfUrl("", url) is null) is { } url ? $"'{url}' is not an absolute http or https URL."
            : null;
    }

    private async Task PurgeAsync(PurgeOrder order, CancellationToken cancellationToken)
    {
        if (order.All)
        {
            cache.PurgeAll(order.Soft);
            prerenders.PurgeAll(order.Soft);
        }

        await tags.RevalidateAsync(order.Tags, order.Soft ? TagRevalidation.MarkStale : TagRevalidation.Expire);
        var revision = deployment.Deployment.Id;
        foreach (var prefix in order.Prefixes)
        {
            cache.PurgePrefix(CacheKeys.OfUrl(revision, prefix)!, order.Soft);
            prerenders.PurgePrefix(prefix, order.Soft);
        }

        foreach (var url in order.Urls)
        {
            cache.PurgeKey(CacheKeys.OfUrl(revision, url)!, order.Soft);
            await prerenders.PurgeUrlAsync(url, order.Soft, cancellationToken);
        }
    }
}
