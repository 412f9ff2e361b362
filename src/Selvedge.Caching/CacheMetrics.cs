using System.Diagnostics.Metrics;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching;

/// <summary>The meter <c>Selvedge.Caching</c>.</summary>
internal sealed class CacheMetrics
{
    private readonly Counter<long> _requests;

    private readonly Counter<long> _recalls;

    public CacheMetrics(IMeterFactory meters, Func<long> bytes, Func<int> responses, Func<int> fetches, DiskTier? disk)
    {
        var meter = meters.Create("Selvedge.Caching");
        _requests = meter.CreateCounter<long>("selvedge.cache.requests", "{request}", "Requests by what the cache made of them.");
        meter.CreateObservableUpDownCounter("selvedge.cache.size", bytes, "By", "What stored responses take.");
        meter.CreateObservableUpDownCounter("selvedge.cache.responses", responses, "{response}", "Stored responses.");
        meter.CreateObservableUpDownCounter("selvedge.cache.fetches", fetches, "{fetch}", "Fetches whose headers are awaited.");
        _recalls = meter.CreateCounter<long>(
            "selvedge.cache.disk.reads",
            "{read}",
            "Lookups on disk by whether they found something."
        );
        if (disk is not null)
        {
            meter.CreateObservableUpDownCounter(
                "selvedge.cache.disk.size",
                () => disk.Bytes,
                "By",
                "What is kept on disk takes."
            );
            meter.CreateObservableUpDownCounter("selvedge.cache.disk.entries", () => disk.Count, "{entry}", "Entries on disk.");
            meter.CreateObservableCounter(
                "selvedge.cache.disk.failures",
                () => disk.Failures,
                "{write}",
                "Writes given up because of a fault of the disk."
            );
        }
    }

    public void Answered(CacheVerdict verdict, bool collapsed)
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, new("cache.result", NameOf(verdict)), new("cache.collapsed", collapsed));
        }
    }

    public void Recalled(bool found) => _recalls.Add(1, new KeyValuePair<string, object?>("cache.found", found));

    private static string NameOf(CacheVerdict verdict) =>
        verdict switch
        {
            CacheVerdict.Hit => "hit",
            CacheVerdict.Stale => "stale",
            CacheVerdict.Revalidated => "revalidated",
            _ => "miss",
        };
}
