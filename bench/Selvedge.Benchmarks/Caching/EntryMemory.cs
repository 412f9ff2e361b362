using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage;

namespace Selvedge.Benchmarks.Caching;

/// <summary>Fills the memory tier with a million responses of 1 KiB and says what each takes beyond its texts and its body.</summary>
internal static class EntryMemory
{
    private const int Entries = 1_000_000;
    private const int BodyLength = 1024;
    private const int Budget = 400;

    /// <summary>Prints the figures. Returns 1 if an entry takes more than its budget, or the store counts less than there is.</summary>
    public static int Measure(TextWriter output)
    {
        var store = new MemoryStore(8L * 1024 * 1024 * 1024);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long content = 0;
        for (var i = 0; i < Entries; i++)
        {
            content += Put(store, i);
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        if (store.Count != Entries)
            throw new InvalidOperationException($"Only {store.Count} are held.");
        var overhead = (held - content) / Entries;
        output.WriteLine($"{Entries} responses of {BodyLength} bytes; on the managed heap, an entry:");
        output.WriteLine($"all of it                        {held / Entries, 6} bytes");
        output.WriteLine($"key, header lines, body          {content / Entries, 6} bytes, a byte a character");
        output.WriteLine($"beyond them                      {overhead, 6} bytes, budget {Budget}");
        output.WriteLine($"counted against the cache's size {store.Bytes / Entries, 6} bytes");
        GC.KeepAlive(store);
        return overhead <= Budget && store.Bytes >= held ? 0 : 1;
    }

    // Everything is made anew, as it would come from a connection.
    private static long Put(MemoryStore store, int i)
    {
        var key = $"dpl_8GkJ3fWq https://www.example.com/articles/{i:d7}?page=1";
        var target = $"http://10.0.0.7:8080/articles/{i:d7}?page=1";
        KeyValuePair<string, string>[] fields =
        [
            new("Content-Type", $"text/html; charset={"utf-8"}"),
            new("Cache-Control", $"public, max-age={3600 + (i % 7)}"),
            new("Date", $"Fri, 20 Nov 2026 11:{i % 60:d2}:07 GMT"),
            new("ETag", $"\"{i:x16}\""),
            new("Last-Modified", $"Thu, 19 Nov 2026 08:{i % 60:d2}:44 GMT"),
        ];
        var body = new ResponseBody(BodyLength);
        body.Append(new byte[BodyLength]);
        body.Complete();
        var response = new StoredResponse
        {
            Status = 200,
            Fields = fields,
            Body = body,
            Freshness = new Freshness { Lifetime = TimeSpan.FromHours(1), InitialAge = TimeSpan.FromMilliseconds(i % 50) },
            Variance = Variance.None,
            Target = target,
            Tags = [],
            BeganAt = 0,
            ReceivedAt = i,
        };
        store.Put(key, response);
        return key.Length + fields.Sum(field => field.Key.Length + field.Value.Length) + BodyLength;
    }
}
