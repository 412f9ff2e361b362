using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching.Tests.Storage;

public sealed class ResourceIndexTests
{
    private const int Many = 50_000;

    [Fact]
    public void Find_AmongMany_FindsEachAndNoOther()
    {
        var index = new ResourceIndex();
        for (var i = 0; i < Many; i++)
            index.Add_NeedsLock($"/{i}", Slot($"/{i}"));

        Assert.All(Enumerable.Range(0, Many), i => Assert.Equal($"/{i}", index.Find($"/{i}")?.Key));
        Assert.Null(index.Find($"/{Many}"));
    }

    [Fact]
    public void Find_AfterManyWereRemoved_FindsThoseThatAreLeft()
    {
        var index = new ResourceIndex();
        for (var i = 0; i < Many; i++)
        {
            index.Add_NeedsLock($"/{i}", Slot($"/{i}"));
            if (i >= 10)
                index.Remove_NeedsLock(index.Find($"/{i - 10}")!);
        }

        Assert.Equal(10, index.Snapshot().Count());
        Assert.All(Enumerable.Range(Many - 10, 10), i => Assert.NotNull(index.Find($"/{i}")));
    }

    [Fact]
    public void Find_SeveralOfOneResource_BeginsWithTheNewest()
    {
        var index = new ResourceIndex();
        var slots = Enumerable.Range(0, 3).Select(_ => Slot("/é")).ToArray();
        foreach (var slot in slots)
            index.Add_NeedsLock("/é", slot);

        Assert.Equal([slots[2], slots[1], slots[0]], Chain(index.Find("/é")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Remove_OneOfSeveral_LeavesTheOthers(int removed)
    {
        var index = new ResourceIndex();
        var slots = Enumerable.Range(0, 3).Select(_ => Slot("/")).ToList();
        foreach (var slot in slots)
            index.Add_NeedsLock("/", slot);

        index.Remove_NeedsLock(slots[removed]);

        slots.RemoveAt(removed);
        Assert.Equal(Enumerable.Reverse(slots), Chain(index.Find("/")));
    }

    private static IEnumerable<StoreSlot> Chain(StoreSlot? slot)
    {
        for (; slot is not null; slot = slot.Next)
            yield return slot;
    }

    private static StoreSlot Slot(string key) =>
        new(
            key,
            new StoredResponse
            {
                Status = 200,
                Fields = [],
                Body = ResponseBody.Of(ReadOnlyMemory<byte>.Empty),
                Freshness = new Freshness(),
                Variance = Variance.None,
                Target = "",
                Tags = [],
                BeganAt = 0,
                ReceivedAt = 0,
            }
        );
}
