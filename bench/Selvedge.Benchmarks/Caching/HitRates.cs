using System.Globalization;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage;
using Selvedge.Caching.Tests.Storage;

namespace Selvedge.Benchmarks.Caching;

/// <summary>How much of a trace the memory tier answers, beside what simpler rules of eviction and one that knows the future would.</summary>
internal static class HitRates
{
    private const int Seed = 1;
    private const int Requests = 1_000_000;
    private const int Keys = 50_000;
    private const int KeyLength = 24;
    private static readonly byte[] Body = new byte[1000];

    /// <summary>Prints a table. Returns 1 if the memory tier hits less often than LRU anywhere.</summary>
    public static int Measure(TextWriter output)
    {
        var behind = 0;
        output.WriteLine($"{Requests:n0} requests, {Keys:n0} keys, Zipf 0.9, seed {Seed}; sizes in shares of the keys.");
        output.WriteLine();
        output.WriteLine("| trace | size | Selvedge | LRU | FIFO | the optimum (knows the future) |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var (name, trace) in Traces())
        {
            foreach (var share in new[] { 0.01, 0.05, 0.1 })
            {
                var objects = (int)(Keys * share);
                var (ours, lru) = (OurHits(trace, objects), QueueHits(trace, objects, moves: true));
                behind += ours < lru ? 1 : 0;
                double[] hits = [ours, lru, QueueHits(trace, objects, moves: false), OptimalHits(trace, objects)];
                var rates = hits.Select(count => (count / trace.Length).ToString("p1", CultureInfo.InvariantCulture));
                output.WriteLine($"| {name} | {share:p0} | {string.Join(" | ", rates)} |");
            }
        }

        return behind == 0 ? 0 : 1;
    }

    // All keys are equally long, so that a size in bytes is one in objects.
    private static IEnumerable<(string Name, string[] Trace)> Traces()
    {
        yield return ("Zipf", Padded(ZipfTrace.Of(Seed, Requests, Keys)));
        yield return ("Zipf and crawlers", Padded(ZipfTrace.WithScans(Seed, Requests, Keys)));

        static string[] Padded(List<string> trace) => [.. trace.Select(key => key.PadRight(KeyLength, '.'))];
    }

    private static int OurHits(string[] trace, int objects)
    {
        var one = new MemoryStore(long.MaxValue);
        one.Put(trace[0], Response());
        var store = new MemoryStore(objects * one.Bytes);
        var hits = 0;
        foreach (var key in trace)
        {
            if (store.Find(key, "t", NoFields.Instance, out _) is not null)
            {
                hits++;
            }
            else
            {
                store.Put(key, Response());
            }
        }

        return hits;
    }

    private static StoredResponse Response() =>
        new()
        {
            Status = 200,
            Fields = [],
            Body = ResponseBody.Of(Body),
            Freshness = new Freshness(),
            Variance = Variance.None,
            Target = "t",
            Tags = [],
            BeganAt = 0,
            ReceivedAt = 0,
        };

    // LRU if a hit moves to the front, FIFO if it does not.
    private static int QueueHits(string[] trace, int objects, bool moves)
    {
        var order = new LinkedList<string>();
        var nodes = new Dictionary<string, LinkedListNode<string>>(StringComparer.Ordinal);
        var hits = 0;
        foreach (var key in trace)
        {
            if (nodes.TryGetValue(key, out var node))
            {
                hits++;
                if (moves)
                {
                    order.Remove(node);
                    order.AddFirst(node);
                }

                continue;
            }

            nodes[key] = order.AddFirst(key);
            if (order.Count > objects)
            {
                nodes.Remove(order.Last!.Value);
                order.RemoveLast();
            }
        }

        return hits;
    }

    // Belady's: whatever is asked for last of all, the new one included, is not kept.
    private static int OptimalHits(string[] trace, int objects)
    {
        var next = new int[trace.Length];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = trace.Length - 1; i >= 0; i--)
        {
            next[i] = seen.GetValueOrDefault(trace[i], int.MaxValue);
            seen[trace[i]] = i;
        }

        var held = new Dictionary<string, int>(StringComparer.Ordinal);
        var latest = new PriorityQueue<string, int>(Comparer<int>.Create(static (a, b) => b.CompareTo(a)));
        var hits = 0;
        for (var i = 0; i < trace.Length; i++)
        {
            hits += held.ContainsKey(trace[i]) ? 1 : 0;
            held[trace[i]] = next[i];
            latest.Enqueue(trace[i], next[i]);
            while (held.Count > objects && latest.TryDequeue(out var key, out var at))
            {
                // What was asked for since it was queued has been queued anew.
                if (held.TryGetValue(key, out var current) && current == at)
                {
                    held.Remove(key);
                }
            }
        }

        return hits;
    }

    private sealed class NoFields : IRequestFields
    {
        public static readonly NoFields Instance = new();

        public string? Get(string name) => null;
    }
}
