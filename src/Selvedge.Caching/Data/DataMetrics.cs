using System.Diagnostics.Metrics;

namespace Selvedge.Caching.Data;

/// <summary>The meter <c>Selvedge.Caching.Data</c>.</summary>
internal sealed class DataMetrics
{
    private readonly Counter<long> _reads;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _revalidations;

    public DataMetrics(IMeterFactory meters, Func<long> bytes, Func<int> items)
    {
        var meter = meters.Create("Selvedge.Caching.Data");
        _reads = meter.CreateCounter<long>("selvedge.data_cache.reads", "{read}", "Reads by what was found.");
        _writes = meter.CreateCounter<long>("selvedge.data_cache.writes", "{write}", "Writes by what became of them.");
        _revalidations = meter.CreateCounter<long>("selvedge.data_cache.revalidations", "{tag}", "Tags that were revalidated.");
        meter.CreateObservableUpDownCounter("selvedge.data_cache.size", bytes, "By", "What items take in memory.");
        meter.CreateObservableUpDownCounter("selvedge.data_cache.items", items, "{item}", "Items in memory.");
    }

    public void Read(DataState state)
    {
        if (_reads.Enabled)
        {
            _reads.Add(1, new KeyValuePair<string, object?>("data_cache.result", NameOf(state)));
        }
    }

    public void Written(DataWrite outcome)
    {
        if (_writes.Enabled)
        {
            _writes.Add(1, new KeyValuePair<string, object?>("data_cache.result", NameOf(outcome)));
        }
    }

    public void Revalidated(int tags) => _revalidations.Add(tags);

    private static string NameOf(DataState state) =>
        state switch
        {
            DataState.Fresh => "fresh",
            DataState.Stale => "stale",
            DataState.Expired => "expired",
            _ => "missing",
        };

    private static string NameOf(DataWrite outcome) =>
        outcome switch
        {
            DataWrite.Stored => "stored",
            DataWrite.Outdated => "outdated",
            _ => "refused",
        };
}
