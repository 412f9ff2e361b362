using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Tests.Engine;

public sealed class NameIndexTests
{
    [Theory]
    [InlineData("", "", "a b/1 b/2 b/3 c")]
    [InlineData("b/", "", "b/1 b/2 b/3")]
    [InlineData("b/", "b/1", "b/2 b/3")]
    [InlineData("b/", "b/3", "")]
    [InlineData("b/", "c", "")]
    [InlineData("", "b", "b/1 b/2 b/3 c")]
    [InlineData("b/2", "a", "b/2")]
    [InlineData("z", "", "")]
    public void Next_PrefixAndAfter_GivesWhatFollowsInOrder(string prefix, string after, string expected)
    {
        var index = new NameIndex();
        foreach (var name in (string[])["c", "b/2", "a", "b/3", "b/1"])
            index.Add(name);

        Assert.Equal(expected, string.Join(' ', Next(index, prefix, after, room: 10)));
    }

    [Fact]
    public void Next_MoreThanThePageHolds_StopsWhenItIsFull()
    {
        var index = new NameIndex();
        foreach (var name in (string[])["a", "b", "c"])
            index.Add(name);

        Assert.Equal(["a", "b"], Next(index, "", "", room: 2));
    }

    [Fact]
    public void Next_NothingThere_GivesNothing() => Assert.Empty(Next(new NameIndex(), "", "", room: 2));

    [Fact]
    public void Next_NameRemoved_LeavesItOut()
    {
        var index = new NameIndex();
        index.Add("a");
        index.Add("b");
        index.Remove("a");

        Assert.Equal(["b"], Next(index, "", "", room: 2));
    }

    [Fact]
    public void Next_PageFarBehind_LooksAtFewNames()
    {
        var comparer = new CountingComparer();
        var index = new NameIndex(comparer);
        for (var i = 0; i < 20_000; i++)
            index.Add($"{i:d6}");
        comparer.Count = 0;

        Assert.Equal(10, Next(index, "", "015000", room: 10).Length);

        Assert.True(comparer.Count < 500, $"{comparer.Count} comparisons");
    }

    private static string[] Next(NameIndex index, string prefix, string after, int room)
    {
        var page = new string[room];
        return page[..index.Next(prefix, after, page)];
    }

    private sealed class CountingComparer : IComparer<string>
    {
        public int Count { get; set; }

        public int Compare(string? x, string? y)
        {
            Count++;
            return string.CompareOrdinal(x, y);
        }
    }
}
