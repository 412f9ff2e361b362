using Selvedge.Server.Streams;
using Selvedge.Streams;

namespace Selvedge.Server.Tests.Streams;

/// <summary>What a reader was let in for, and what lies under the name by the time it is read.</summary>
public sealed class StreamGrantTests
{
    [Fact]
    public void Covers_TheStreamThatWasPublic_IsTrue() => Assert.True(ForIncarnation(7).Covers(Incarnation(7)));

    [Fact]
    public void Covers_AStreamMadeAnewUnderTheName_IsFalse() => Assert.False(ForIncarnation(7).Covers(Incarnation(8)));

    [Fact]
    public void Covers_WhereWhateverHasTheNameMayBeRead_IsTrue() => Assert.True(StreamGrant.Open.Covers(Incarnation(8)));

    private static StreamGrant ForIncarnation(ulong id) => new(null, null) { OnlyIncarnation = id };

    private static StreamInfo Incarnation(ulong id) =>
        new()
        {
            Id = id,
            Name = "shop/a",
            Config = new StreamConfig("text/plain", Lifetime: default, Fork: null),
            Tail = 0,
            IsClosed = false,
        };
}
