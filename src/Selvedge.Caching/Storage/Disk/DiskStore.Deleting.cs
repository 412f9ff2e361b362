namespace Selvedge.Caching.Storage.Disk;

// Takes the files of entries away that were replaced, evicted or found damaged.
public sealed partial class DiskStore
{
    private void RemoveDamaged(DiskSlot slot)
    {
        lock (StripeOf(slot.Id))
        {
            if (Index.Remove(slot))
            {
                Log.Damaged(_logger, _options.Directory, slot.Id.ToString());
                Delete_NeedsLock(slot, withEntry: true);
            }
        }
    }

    private void DeleteAll(List<DiskSlot>? victims)
    {
        foreach (var victim in victims ?? [])
        {
            lock (StripeOf(victim.Id))
            {
                // Somebody may have written the entry anew since it was chosen to go.
                Delete_NeedsLock(victim, withEntry: !Index.Contains(victim.Id));
            }
        }
    }

    // The entry first: a body without an entry is an orphan, an entry without its body would be damage.
    private void Delete_NeedsLock(DiskSlot slot, bool withEntry)
    {
        if (withEntry)
        {
            TryDelete(Layout.EntryOf(slot.Id));
        }

        if (slot.BodySequence > 0)
        {
            TryDelete(Layout.BodyOf(slot.Id, slot.BodySequence));
        }
    }

    private void TryDelete(string path)
    {
        try
        {
            Files.Delete(path);
        }
        catch (Exception exception) when (IsFault(exception))
        {
            Log.DeleteFailed(_logger, _options.Directory, exception.Message);
        }
    }

    private void FlushShard(EntryId id, string key)
    {
        try
        {
            Files.FlushDirectory(Layout.ShardOf(id.Shard));
        }
        catch (Exception exception) when (IsFault(exception))
        {
            Report(exception, key);
        }
    }
}
