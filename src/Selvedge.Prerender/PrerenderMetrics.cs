using System.Diagnostics.Metrics;
using Selvedge.Caching.Status;

namespace Selvedge.Prerender;

/// <summary>The meter <c>Selvedge.Prerender</c>.</summary>
internal sealed class PrerenderMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _renders;

    public PrerenderMetrics(IMeterFactory meters, Func<long> bytes, Func<int> entries)
    {
        var meter = meters.Create("Selvedge.Prerender");
        _requests = meter.CreateCounter<long>("selvedge.prerender.requests", "{request}", "Requests by what was made of them.");
        _renders = meter.CreateCounter<long>("selvedge.prerender.renders", "{render}", "Calls of prerenders' functions.");
        meter.CreateObservableUpDownCounter("selvedge.prerender.size", bytes, "By", "What entries take in memory.");
        meter.CreateObservableUpDownCounter("selvedge.prerender.entries", entries, "{entry}", "Entries in memory.");
    }

    public void Answered(CacheVerdict verdict, bool collapsed)
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, new("cache.result", verdict.ToString().ToLowerInvariant()), new("cache.collapsed", collapsed));
        }
    }

    public void Rendered(bool stored)
    {
        if (_renders.Enabled)
        {
            _renders.Add(1, new KeyValuePair<string, object?>("prerender.stored", stored));
        }
    }
}
