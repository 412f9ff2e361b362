using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage;

namespace Selvedge.Prerender.Entries;

/// <summary>Reads what the build made for prerenders: their <c>fallback</c>, <c>initialStatus</c> and <c>initialHeaders</c>.</summary>
/// <param name="clock">The clock.</param>
/// <param name="logger">Where a file that cannot be read is reported.</param>
internal sealed class BuildCopies(TimeProvider clock, ILogger logger)
{
    private readonly ConcurrentDictionary<PrerenderAsset, PrerenderEntry> _shells = new();

    /// <summary>
    /// Whether what the build made stands in for many pages: it was made without knowing the query that tells them apart.
    /// </summary>
    public static bool IsShell(PrerenderAsset prerender) =>
        prerender.Config is { Fallback: not null, AllowQuery: null or { Count: > 0 } };

    /// <summary>Reads it.</summary>
    /// <param name="request">The request it is to answer.</param>
    /// <param name="beganAt">The purge log's position when the deployment came.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <returns><see langword="null"/> if there is none, or none that can be read.</returns>
    public async ValueTask<PrerenderEntry?> FindAsync(PrerenderRequest request, long beganAt, CancellationToken cancellationToken)
    {
        var prerender = request.Prerender;
        if (prerender.Config.Fallback is not { } fallback)
        {
            return null;
        }

        if (_shells.TryGetValue(prerender, out var shell))
        {
            return shell;
        }

        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(fallback.FilePath, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The page can still be rendered.
            Log.BuildCopyUnreadable(logger, exception, prerender.OutputPath);
            return null;
        }

        var entry = Describe(request, fallback, bytes, beganAt);
        return entry.Source is EntrySource.Shell ? _shells.GetOrAdd(prerender, entry) : entry;
    }

    private PrerenderEntry Describe(PrerenderRequest request, PrerenderFallback fallback, byte[] bytes, long beganAt)
    {
        var config = request.Prerender.Config;
        var fields = FieldsOf(config, fallback);
        ReadOnlyMemory<byte>? state = null;
        if (
            PostponedPage.TryParse(FieldLines.Combined(fields, "content-type"), out var stateLength, out var origin)
            && stateLength <= bytes.Length
        )
        {
            (state, bytes) = (bytes.AsMemory(0, stateLength), bytes[stateLength..]);
            fields = PostponedPage.WithType(fields, origin);
        }

        var source = IsShell(request.Prerender) ? EntrySource.Shell : EntrySource.Build;
        return new PrerenderEntry
        {
            Status = config.InitialStatus ?? 200,
            Fields = fields,
            Body = ResponseBody.Of(bytes),
            Postponed = state,
            // It ages from when the build wrote it.
            Freshness = EntryFactory.FreshnessOf(config.Expiration, clock.GetUtcNow() - fallback.LastModified),
            Variance = Variance.None,
            Target = "",
            // A shell is everybody's; a purge of one page leaves it.
            Tags = source is EntrySource.Shell ? [] : EntryTags.Of(fields, request.Key),
            BeganAt = beganAt,
            ReceivedAt = clock.GetTimestamp(),
            Source = source,
            Expiration = config.Expiration,
            StaleExpiration = config.StaleExpiration,
            RenderedAt = fallback.LastModified,
            PurgeKey = source is EntrySource.Shell ? "" : EntryFactory.PurgeKeyOf(request),
        };
    }

    private static List<KeyValuePair<string, string>> FieldsOf(PrerenderConfig config, PrerenderFallback fallback)
    {
        var fields = new List<KeyValuePair<string, string>>(config.InitialHeaders);
        AddMissing("content-type", fallback.ContentType);
        AddMissing("etag", fallback.ETag);
        return fields;

        void AddMissing(string name, string value)
        {
            if (!FieldLines.Has(fields, name))
            {
                fields.Add(new(name, value));
            }
        }
    }
}
