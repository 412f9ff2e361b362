using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Prerender;

namespace Selvedge.Server.Admin;

/// <summary>Rendered pages on the admin listener.</summary>
internal sealed class PrerenderListEndpoint(PrerenderCache cache)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    /// <summary><c>GET /prerenders?limit=100</c>: lists entries with their state.</summary>
    public async Task ListAsync(HttpContext http)
    {
        var text = http.Request.Query["limit"].ToString();
        var limit = DefaultLimit;
        if (text.Length > 0 && (!int.TryParse(text, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            await AdminAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, $"limit is a number from 1 to {MaxLimit}.");
            return;
        }

        var entries = new List<object>();
        await foreach (var entry in cache.ListAsync(http.RequestAborted))
        {
            entries.Add(Describe(entry));
            if (entries.Count == limit)
            {
                break;
            }
        }

        await http.Response.WriteAsJsonAsync(
            new
            {
                inMemory = cache.Count,
                memoryBytes = cache.Bytes,
                onDisk = cache.DiskCount,
                diskBytes = cache.DiskBytes,
                underWay = cache.Work,
                entries,
            },
            http.RequestAborted
        );
    }

    // Times as whole seconds, which is what configurations write.
    private static object Describe(PrerenderListing entry) =>
        new
        {
            key = entry.Key,
            state = Name(entry.State),
            source = Name(entry.Source),
            status = entry.Status,
            age = (long)entry.Age.TotalSeconds,
            expiration = (long?)entry.Expiration?.TotalSeconds,
            staleExpiration = (long?)entry.StaleExpiration?.TotalSeconds,
            tags = entry.Tags,
            bytes = entry.Length,
            inMemory = entry.InMemory,
        };

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
