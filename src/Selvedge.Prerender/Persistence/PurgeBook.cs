using Selvedge.Caching.Purging;

namespace Selvedge.Prerender.Persistence;

/// <summary>Purges, in memory and written down. Each holds when it returns, and after a restart.</summary>
/// <param name="log">What lookups ask.</param>
/// <param name="journal">Where it is written down; <see langword="null"/> without a persistent tier.</param>
internal sealed class PurgeBook(PurgeLog log, PurgeJournal? journal) : IDisposable
{
    /// <summary>What lookups ask.</summary>
    public PurgeLog Log => log;

    /// <summary>Marks what carries one of some tags.</summary>
    public void PurgeTags(IReadOnlyCollection<string> tags, bool soft)
    {
        var records = new List<PurgeRecord>(tags.Count);
        foreach (var tag in tags)
        {
            records.Add(new(PurgeScope.Tag, soft, tag, log.PurgeTag(tag, soft)));
        }

        journal?.Append(records);
    }

    /// <summary>Marks what has a key that begins so.</summary>
    public void PurgePrefix(string prefix, bool soft) =>
        Append(new(PurgeScope.Prefix, soft, prefix, log.PurgePrefix(prefix, soft)));

    /// <summary>Marks everything.</summary>
    public void PurgeAll(bool soft) => Append(new(PurgeScope.All, soft, "", log.PurgeAll(soft)));

    /// <summary>Notes when a deployment was seen first.</summary>
    public void Deploy(string revision) => Append(new(PurgeScope.Deployment, Soft: false, revision, log.Deploy(revision)));

    public void Dispose() => journal?.Dispose();

    private void Append(PurgeRecord record) => journal?.Append([record]);
}
