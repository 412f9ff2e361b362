using System.Diagnostics.Metrics;
using Selvedge.Caching.Status;

namespace Selvedge.Caching;

/// <summary>The meter <c>Selvedge.Caching</c>.</summary>
internal sealed class CacheMetrics
{
    private readonly Counter<long> _requests;

    public CacheMetrics(IMeterFactory meters, Func<long> bytes, Func<int> responses, Func<int> fetches)
    {
        var meter = meters.Create("Selvedge.Caching");
        _requests = meter.CreateCounter<long>("selvedge.cache.requests", "{request}", "Requests by what the cache made of them.");
        meter.CreateObservableUpDownCounter("selvedge.cache.size", bytes, "By", "What stored responses take.");
        meter.CreateObservableUpDownCounter("selvedge.cache.responses", responses, "{response}", "Stored responses.");
        meter.CreateObservableUpDownCounter("selvedge.cache.fetches", fetches, "{fetch}", "Fetches whose headers are awaited.");
    }

    public void Answered(CacheVerdict verdict, bool collapsed)
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, new("cache.result", NameOf(verdict)), new("cache.collapsed", collapsed));
        }
    }

    private static string NameOf(CacheVerdict verdict) =>
        verdict switch
        {
            CacheVerdict.Hit => "hit",
            CacheVerdict.Stale => "stale",
            CacheVerdict.Revalidated => "revalidated",
            _ => "miss",
        };
}
