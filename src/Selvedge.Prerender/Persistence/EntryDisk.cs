using System.Runtime.CompilerServices;
using Selvedge.Caching.Purging;
using Selvedge.Caching.Storage;
using Selvedge.Caching.Storage.Disk;
using Selvedge.Prerender.Entries;

namespace Selvedge.Prerender.Persistence;

/// <summary>The persistent tier: entries that outlive the server.</summary>
/// <param name="store">Where they lie.</param>
/// <param name="purges">What the positions of entries refer to.</param>
/// <param name="clock">The clock.</param>
internal sealed class EntryDisk(DiskStore store, PurgeLog purges, TimeProvider clock)
{
    private const int ReadSize = 64 * 1024;

    /// <summary>What they take, in bytes.</summary>
    public long Bytes => store.Bytes;

    /// <summary>How many there are.</summary>
    public int Count => store.Count;

    /// <summary>The keys of all entries.</summary>
    public async IAsyncEnumerable<string> KeysAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var info in store.ListAsync(cancellationToken))
        {
            yield return info.Key;
        }
    }

    /// <summary>Finds an entry and reads it whole.</summary>
    public async ValueTask<PrerenderEntry?> FindAsync(string key, CancellationToken cancellationToken)
    {
        using var found = await store.FindAsync(key, cancellationToken);
        if (found is null)
        {
            return null;
        }

        try
        {
            return EntryCodec.Decode(found.Head, await ReadBodyAsync(found, cancellationToken), purges.Position, clock);
        }
        catch (BrokenBodyException)
        {
            // The store has said so, and let go of it.
            return null;
        }
    }

    /// <summary>Keeps an entry, whose body is complete, in place of the one that is there; both survive a crash on the way.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="isCurrent">Asked when all is written: whether no newer entry has taken its place meanwhile.</param>
    public async ValueTask WriteAsync(string key, PrerenderEntry entry, Func<bool> isCurrent)
    {
        await using var write = store.BeginWrite(key);
        using var reader = entry.Body.Read();
        while (await reader.ReadAsync(CancellationToken.None) is { IsEmpty: false } piece)
        {
            await write.WriteAsync(piece);
        }

        if (isCurrent())
        {
            await write.CommitAsync(EntryCodec.Encode(entry));
        }
    }

    private static async ValueTask<ResponseBody> ReadBodyAsync(DiskEntry found, CancellationToken cancellationToken)
    {
        if (found.InlineBody is { } inline)
        {
            return ResponseBody.Of(inline.ToArray());
        }

        var body = new ResponseBody(found.BodyLength);
        await using var stream = found.OpenBody();
        var buffer = new byte[ReadSize];
        while (await stream.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            body.Append(buffer.AsSpan(0, count));
        }

        body.Complete();
        return body;
    }
}
