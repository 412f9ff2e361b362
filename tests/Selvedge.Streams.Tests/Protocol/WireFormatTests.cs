using System.Text;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Tests.Protocol;

public sealed class WireFormatTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(StreamOffset.MaxPosition)]
    public void Offset_Formatted_ReadsBack(long position)
    {
        Assert.True(StreamOffset.TryParse(StreamOffset.Format(position), out var found));
        Assert.Equal(position, found);
    }

    [Fact]
    public void Offset_AsText_SortsAsItsPosition()
    {
        Assert.True(string.CompareOrdinal(StreamOffset.Format(9), StreamOffset.Format(10)) < 0);
    }

    [Theory]
    [InlineData("0000000000000000_0000000000000001", 0)]
    [InlineData("0000000000000000_0000000000000421", 42)]
    [InlineData("0000000000000000_0000000000000429", 42)]
    [InlineData("0000000000000000_9999999999999999", StreamOffset.MaxPosition)]
    public void Offset_CountedUpByAClient_IsTheSamePosition(string text, long expected)
    {
        Assert.True(StreamOffset.TryParse(text, out var position));
        Assert.Equal(expected, position);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("0000000000000000_000000000000000")]
    [InlineData("0000000000000000-0000000000000000")]
    [InlineData("0000000000000000_00000000000000 0")]
    [InlineData("+000000000000000_0000000000000000")]
    [InlineData("0000000000000000_0000000000000000\n")]
    public void Offset_AnythingElse_IsRefused(string text)
    {
        Assert.False(StreamOffset.TryParse(text, out _));
    }

    [Fact]
    public void Offset_OfALaterRetention_LiesBeyondEveryTail()
    {
        Assert.True(StreamOffset.TryParse("9999999999999999_0000000000000001", out var position));
        Assert.True(position > StreamOffset.MaxPosition);
    }

    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("W/\"a\"", true)]
    [InlineData("\"b\", \"a\"", true)]
    [InlineData("\"b\",W/\"a\"", true)]
    [InlineData("*", true)]
    [InlineData("\"b\"", false)]
    [InlineData("a", false)]
    [InlineData("\"a", false)]
    [InlineData("", false)]
    [InlineData("W/", false)]
    public void EntityTag_IfNoneMatch_FollowsTheRfc(string header, bool matches)
    {
        Assert.Equal(matches, EntityTag.Matches(header, "\"a\""));
    }

    [Fact]
    public void EntityTag_IncarnationRangeAndClosure_AllCount()
    {
        string[] tags =
        [
            EntityTag.Format(1, 0, 5, closedAtEnd: false),
            EntityTag.Format(1, 0, 5, closedAtEnd: true),
            EntityTag.Format(2, 0, 5, closedAtEnd: false),
            EntityTag.Format(1, 1, 5, closedAtEnd: false),
            EntityTag.Format(1, 0, 6, closedAtEnd: false),
        ];

        Assert.Equal(tags.Length, tags.Distinct().Count());
    }

    [Fact]
    public void Cursor_WithoutTheClients_IsTheSameForEveryoneInAnInterval()
    {
        Assert.Equal(Cursor.Next(null, Cursor.IntervalOf(Now)), Cursor.Next("rubbish", Cursor.IntervalOf(Now.AddSeconds(19))));
        Assert.Equal(Cursor.Next(null, Cursor.IntervalOf(Now)) + 1, Cursor.Next(null, Cursor.IntervalOf(Now.AddSeconds(20))));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 6)]
    public void Cursor_ClientNotBehind_GetsTheNextOne(long ahead, long expected)
    {
        var current = Cursor.Next(null, Cursor.IntervalOf(Now));

        Assert.Equal(current + expected, Cursor.Next((current + ahead).ToString(), Cursor.IntervalOf(Now)));
    }

    [Fact]
    public void Cursor_GreatestNumber_DoesNotOverflow()
    {
        Assert.True(Cursor.Next(long.MaxValue.ToString(), Cursor.IntervalOf(Now)) > 0);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("3600", true)]
    [InlineData("03600", false)]
    [InlineData("+3600", false)]
    [InlineData("-1", false)]
    [InlineData("3600.0", false)]
    [InlineData("3.6e3", false)]
    [InlineData(" 1", false)]
    [InlineData("", false)]
    [InlineData("99999999999999999999", false)]
    public void Ttl_Text_IsAPlainNumberOrRefused(string text, bool accepted)
    {
        Assert.Equal(accepted, Lifetime.TryParseTtl(text, out _));
    }

    [Theory]
    [InlineData("2030-01-01T00:00:00Z", true)]
    [InlineData("2030-01-01T02:00:00.000+02:00", true)]
    [InlineData("2030-01-01T00:00:00", false)]
    [InlineData("2030-01-01", false)]
    [InlineData("tomorrow", false)]
    public void ExpiresAt_Text_NeedsAZone(string text, bool accepted)
    {
        Assert.Equal(accepted, Lifetime.TryParseExpiresAt(text, out var instant));
        if (accepted)
            Assert.Equal(Now, instant);
    }

    [Theory]
    [InlineData("/v1/stream/a/b", "_default", "a/b")]
    [InlineData("/v1/shop/stream/a", "shop", "a")]
    [InlineData("/v1/stream/stream/x", "_default", "stream/x")]
    [InlineData("/v1/stream/ü %2F", "_default", "ü %2F")]
    public void Name_OfAPath_IsProjectAndId(string path, string project, string id)
    {
        Assert.True(StreamName.TryParse(path, out var name));
        Assert.Equal(new StreamName(project, id), name);
        Assert.Equal(path, name.Path);
    }

    [Theory]
    [InlineData("/v1/stream/")]
    [InlineData("/v1/stream//a")]
    [InlineData("/v1/stream/a\nb")]
    [InlineData("/v1/sh op/stream/a")]
    [InlineData("/v1/__ds/stream/keys")]
    [InlineData("/v2/stream/a")]
    public void Name_OfAnythingElse_IsNone(string path)
    {
        Assert.False(StreamName.TryParse(path, out _));
    }

    [Fact]
    public void Name_Encoded_IsTheSameStreamAsDecoded()
    {
        Assert.True(StreamName.TryParseEncoded("/v1/stream/a%20b/%C3%BC%2Fc", out var name));
        Assert.Equal("a b/ü%2Fc", name.Id);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData(" True ", true)]
    [InlineData("1", false)]
    [InlineData("yes", false)]
    [InlineData(null, false)]
    public void Closed_Header_CountsOnlyWhenTrue(string? value, bool counts)
    {
        Assert.Equal(counts, StreamHeaders.IsTrue(value));
    }

    [Theory]
    [InlineData("p", "0", null)]
    [InlineData("", "0", "0")]
    [InlineData("p", "1abc", "0")]
    [InlineData("p", "0", "-1")]
    [InlineData("p", "9007199254740992", "0")]
    public void Producer_HeadersThatDoNotFit_AreExplained(string? id, string? epoch, string? sequence)
    {
        Assert.False(ProducerClaim.TryParse(id, epoch, sequence, out var claim, out var fault));
        Assert.Null(claim);
        Assert.NotNull(fault);
    }

    [Theory]
    [InlineData("abc", "event: data\ndata:abc\n\n")]
    [InlineData("a\nb", "event: data\ndata:a\ndata:b\n\n")]
    [InlineData("a\r\nb\rc", "event: data\ndata:a\ndata:b\ndata:c\n\n")]
    [InlineData("x\n\nevent: forged", "event: data\ndata:x\ndata:\ndata:event: forged\n\n")]
    [InlineData(" indented", "event: data\ndata:  indented\n\n")]
    [InlineData("", "event: data\ndata:\n\n")]
    public void Event_Text_CannotForgeOtherEvents(string body, string expected)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(ServerSentEvent.EncodeData(Encoding.UTF8.GetBytes(body), isText: true)));
    }

    [Fact]
    public void Event_Binary_IsBase64()
    {
        Assert.Equal(
            "event: data\ndata:AAEC/w==\n\n",
            Encoding.UTF8.GetString(ServerSentEvent.EncodeData([0, 1, 2, 255], isText: false))
        );
    }

    [Theory]
    [InlineData("text/plain", "aü", 2, 1)]
    [InlineData("text/plain", "aü", 3, 3)]
    [InlineData("text/plain", "a€", 3, 1)]
    [InlineData("text/plain", "😀", 4, 4)]
    [InlineData("application/octet-stream", "aü", 2, 2)]
    public void PageEnd_Text_DoesNotCutACharacter(string type, string text, int full, int end)
    {
        Assert.Equal(end, PageEnd.Find(Encoding.UTF8.GetBytes(text).AsSpan(0, full), type));
    }

    [Fact]
    public void PageEnd_Json_LiesBehindTheLastWholeMessage()
    {
        Assert.Equal(4, PageEnd.Find("1\u001E2\u001E{\"a"u8, "application/json"));
        Assert.Equal(0, PageEnd.Find("{\"a"u8, "application/json"));
    }

    [Theory]
    [InlineData("events/*", "events/a", true)]
    [InlineData("events/*", "events/a/b", false)]
    [InlineData("events/**", "events/a/b", true)]
    [InlineData("events/**", "events", true)]
    [InlineData("**", "a/b/c", true)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("a/**/z", "a/b/c", false)]
    [InlineData("a/%2A", "a/*", true)]
    [InlineData("a/%2A", "a/b", false)]
    public void Glob_Pattern_MatchesSegmentBySegment(string pattern, string id, bool matches)
    {
        Assert.Equal(matches, Selvedge.Streams.Subscriptions.StreamGlob.Matches(pattern, id));
    }
}
