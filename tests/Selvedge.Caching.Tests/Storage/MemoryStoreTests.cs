using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching.Tests.Storage;

public sealed class MemoryStoreTests
{
    private static readonly RequestFields NoFields = new();

    [Fact]
    public void Put_MoreThanTheBudget_StaysWithinIt()
    {
        var store = new MemoryStore(100_000);

        for (var i = 0; i < 1000; i++)
        {
            store.Put($"/{i}", Response(1000));
            Assert.InRange(store.Bytes, 0, 100_000);
        }

        Assert.InRange(store.Count, 50, 100);
    }

    [Fact]
    public void Put_AScanOfNewThings_LeavesWhatIsAskedForAgain()
    {
        var store = new MemoryStore(200_000);
        for (var i = 0; i < 20; i++)
        {
            store.Put($"/hot/{i}", Response(1000));
            Find(store, $"/hot/{i}");
        }

        for (var i = 0; i < 10_000; i++)
        {
            store.Put($"/scan/{i}", Response(1000));
            if (i % 50 == 0)
                Assert.Equal(20, CountHot());
        }

        Assert.Equal(20, CountHot());

        int CountHot() => Enumerable.Range(0, 20).Count(hot => Find(store, $"/hot/{hot}") is not null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_AZipfTraceWithScans_HitsMoreThanLru(int seed)
    {
        var trace = ZipfTrace.WithScans(seed, requests: 60_000, keys: 5_000);
        const int Objects = 250;
        var store = new MemoryStore(Objects * (Response(1000).Overhead + 1000 + 20));

        var hits = trace.Count(key => IsHit(store, key));

        var lru = LruHits(trace, Objects);
        Assert.True(hits > lru, $"seed {seed}: {hits} hits, LRU has {lru} of {trace.Count}");
    }

    [Fact]
    public void Put_TooManyVariants_KeepsTheNewest()
    {
        var store = new MemoryStore(10_000_000);

        for (var i = 0; i < 200; i++)
        {
            store.Put("/", Response(10, Variance.Of("foo", new RequestFields(("foo", $"{i}")))));
        }

        Assert.Equal(64, store.Count);
        Assert.NotNull(store.Find("/", "t", new RequestFields(("foo", "199")), out _));
        Assert.Null(store.Find("/", "t", new RequestFields(("foo", "0")), out _));
    }

    [Fact]
    public void Put_TheSameVariantAgain_ReplacesIt()
    {
        var store = new MemoryStore(10_000_000);
        store.Put("/", Response(10));
        var bytes = store.Bytes;

        store.Put("/", Response(10));

        Assert.Equal((1, bytes), (store.Count, store.Bytes));
    }

    [Fact]
    public void Remove_Everything_CountsDownToZero()
    {
        var store = new MemoryStore(10_000_000);
        store.Put("/a", Response(10));
        store.Put("/b", Response(10));

        Assert.Equal(1, store.Remove("/a"));
        Assert.Equal(1, store.Remove("/b"));

        Assert.Equal((0, 0), (store.Count, store.Bytes));
    }

    [Fact]
    public void Find_AnotherTarget_IsNoAnswer()
    {
        var store = new MemoryStore(10_000_000);
        store.Put("/", Response(10));

        Assert.Null(store.Find("/", "other", NoFields, out _));
    }

    private static bool IsHit(MemoryStore store, string key)
    {
        if (Find(store, key) is not null)
            return true;
        store.Put(key, Response(1000));
        return false;
    }

    private static StoredResponse? Find(MemoryStore store, string key) => store.Find(key, "t", NoFields, out _);

    private static StoredResponse Response(int length, Variance? variance = null)
    {
        var body = new ResponseBody(length);
        body.Append(new byte[length]);
        body.Complete();
        return new StoredResponse
        {
            Status = 200,
            Fields = [],
            Body = body,
            Freshness = new Freshness(),
            Variance = variance ?? Variance.None,
            Target = "t",
            Tags = [],
            BeganAt = 0,
            ReceivedAt = 0,
        };
    }

    private static int LruHits(List<string> trace, int objects)
    {
        var order = new LinkedList<string>();
        var nodes = new Dictionary<string, LinkedListNode<string>>(StringComparer.Ordinal);
        var hits = 0;
        foreach (var key in trace)
        {
            if (nodes.TryGetValue(key, out var node))
            {
                hits++;
                order.Remove(node);
                order.AddFirst(node);
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
}
