using System.Text;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Tests.Protocol;

public sealed class JsonMessagesTests
{
    [Theory]
    [InlineData("""{"a":1}""", 1, """{"a":1}|""")]
    [InlineData("""[{"a":1},{"b":2}]""", 2, """{"a":1}|{"b":2}|""")]
    [InlineData("""[[1,2],[3]]""", 2, "[1,2]|[3]|")]
    [InlineData("[]", 0, "")]
    [InlineData("  1.50e+3  ", 1, "1.50e+3|")]
    [InlineData("""[ "\u0041" , 1.0 ]""", 2, """ "\u0041"|1.0|""")]
    [InlineData("null", 1, "null|")]
    [InlineData("[null,true,\"\"]", 3, "null|true|\"\"|")]
    public void Flatten_Json_KeepsEveryMessageAsItWasSent(string body, int count, string stored)
    {
        var (found, bytes) = Flatten(Encoding.UTF8.GetBytes(body));

        Assert.Equal(count, found);
        Assert.Equal(stored.Trim(' '), bytes.Replace((char)JsonMessages.Separator, '|'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("[1] 2")]
    [InlineData("1 2")]
    [InlineData("{'a':1}")]
    [InlineData("[1,{\"a\":}]")]
    [InlineData("\"a\u001Eb\"")]
    [InlineData("NaN")]
    public void Flatten_NotJson_StoresNothing(string body)
    {
        var (found, bytes) = Flatten(Encoding.UTF8.GetBytes(body));

        Assert.Equal((-1, ""), (found, bytes));
    }

    [Fact]
    public void Flatten_BrokenUtf8InsideAString_IsRefused()
    {
        Assert.Equal(-1, Flatten([(byte)'"', 0xC3, (byte)'"']).Count);
    }

    [Fact]
    public void ToArrayInside_StoredMessages_AreSeparatedByCommas()
    {
        var (_, stored) = Flatten("""[{"a":1},2]"""u8.ToArray());

        var inside = JsonMessages.ToArrayInside(Encoding.UTF8.GetBytes(stored));

        Assert.Equal("""{"a":1},2""", Encoding.UTF8.GetString(inside));
    }

    private static (int Count, string Stored) Flatten(byte[] body)
    {
        using var stored = new PooledBuffer();
        var count = JsonMessages.Flatten(body, stored);
        return (count, Encoding.UTF8.GetString(stored.Written.Span));
    }
}
