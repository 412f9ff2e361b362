using System.Text;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Tests.Wire;

public sealed class ResponseHeadParserTests
{
    [Theory]
    [InlineData("", BodyFraming.Close, 0, false)]
    [InlineData("content-length: 5", BodyFraming.Length, 5, true)]
    [InlineData("Content-Length: 5\r\ncontent-length: 5", BodyFraming.Length, 5, true)]
    [InlineData("content-length: 0", BodyFraming.None, 0, true)]
    [InlineData("transfer-encoding: chunked", BodyFraming.Chunked, 0, true)]
    [InlineData("Transfer-Encoding: gzip, Chunked", BodyFraming.Chunked, 0, true)]
    [InlineData("transfer-encoding: gzip", BodyFraming.Close, 0, false)]
    [InlineData("transfer-encoding: xchunked", BodyFraming.Close, 0, false)]
    [InlineData("transfer-encoding: gzip\r\ntransfer-encoding: chunked", BodyFraming.Chunked, 0, true)]
    [InlineData("transfer-encoding: chunked\r\ncontent-length: 5", BodyFraming.Chunked, 0, false)]
    [InlineData("content-length: 5\r\nconnection: Close", BodyFraming.Length, 5, false)]
    public void Parse_FramesTheBody(string fields, object framing, long length, bool keepsConnection)
    {
        var head = Parse($"HTTP/1.1 200 OK\r\n{fields}{(fields.Length > 0 ? "\r\n" : "")}\r\n");

        Assert.Equal(((BodyFraming)framing, length, keepsConnection), (head!.Framing, head.Length, head.KeepsConnection));
    }

    [Theory]
    [InlineData(204, false)]
    [InlineData(304, false)]
    [InlineData(103, false)]
    [InlineData(200, true)]
    public void Parse_ResponseThatNeverHasABody_FramesNone(int status, bool answersHead)
    {
        var head = Parse($"HTTP/1.1 {status} x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n", answersHead);

        Assert.Equal((status, BodyFraming.None), (head!.Status, head.Framing));
    }

    [Fact]
    public void Parse_KeepsFieldsAsTheyAre()
    {
        var head = Parse("HTTP/1.1 200 OK\r\nX-A:  b \t\r\nset-cookie: 1\r\nset-cookie: 2\r\nempty:\r\nlatin: \u00fc\r\n\r\n");

        Assert.Equal(
            [new("X-A", "b"), new("set-cookie", "1"), new("set-cookie", "2"), new("empty", ""), new("latin", "\u00fc")],
            head!.Headers
        );
    }

    [Theory]
    [InlineData(200, "content-length: 5\r\nContent-Length: 5", "5")]
    [InlineData(304, "content-length: 5", "5")]
    [InlineData(204, "content-length: 5", null)]
    [InlineData(200, "content-length: 5\r\ntransfer-encoding: chunked", null)]
    public void Parse_ContentLength_PassesOnceAndOnlyWhereItIsTrue(int status, string fields, string? expected)
    {
        var head = Parse($"HTTP/1.1 {status} x\r\n{fields}\r\n\r\n");

        var passed = head!.Headers.Where(field => field.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(expected is null ? [] : [expected], passed.Select(field => field.Value));
    }

    [Fact]
    public void Parse_Http10_ClosesTheConnection() =>
        Assert.False(Parse("HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\n")!.KeepsConnection);

    [Theory]
    [InlineData("HTTP/1.1 200\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 799 What is this\r\n\r\n", 799)]
    public void Parse_StatusLine_IsRead(string head, int status) => Assert.Equal(status, Parse(head)!.Status);

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 +20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: no name\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nname : x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\na: b\r\n folded\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\na: b\r\n folded: c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\na(b): c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\na: b\rc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\na: b\nset-cookie: c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\na: b\0c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 1, 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n")]
    public void Parse_Malformed_IsRefused(string head) => Assert.Null(Parse(head));

    private static ResponseHead? Parse(string head, bool answersHead = false)
    {
        var bytes = Encoding.Latin1.GetBytes(head);
        Assert.Equal(bytes.Length, ResponseHeadParser.FindEnd(bytes) is 0 ? 0 : bytes.Length);
        return ResponseHeadParser.Parse(bytes, answersHead);
    }
}
