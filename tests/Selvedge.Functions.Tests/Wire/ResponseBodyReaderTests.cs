using System.Text;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Tests.Wire;

public sealed class ResponseBodyReaderTests
{
    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("1\r\na\r\n0\r\n\r\n", "a")]
    [InlineData("3\r\nabc\r\n00A\r\n0123456789\r\n0\r\n\r\n", "abc0123456789")]
    [InlineData("2;name=value\r\n\r\n\r\n1 \r\nx\r\n0;last\r\n\r\n", "\r\nx")]
    [InlineData("1\r\na\r\n0\r\ntrailer: 1\r\nother: 2\r\n\r\n", "a")]
    public async Task Chunked_InWhateverPieces_IsRead(string wire, string expected)
    {
        for (var piece = 1; piece <= wire.Length; piece++)
        {
            using var pair = await ConnectionPair.CreateAsync();
            var reader = new ResponseBodyReader(pair.Connection, BodyFraming.Chunked, 0, maxTrailerBytes: 100);
            var writing = pair.WriteAsync(wire, piece);

            var body = await ReadAsync(reader, bufferSize: piece);

            await writing;
            Assert.Equal((expected, true), (body, reader.IsComplete));
        }
    }

    [Theory]
    [InlineData("x\r\n")]
    [InlineData("\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("10000000000000000\r\n")]
    [InlineData("1\r\nabc\r\n")]
    [InlineData("1g\r\na\r\n")]
    public async Task Chunked_Malformed_IsRefused(string wire)
    {
        using var pair = await ConnectionPair.CreateAsync();
        await pair.WriteAsync(wire, wire.Length);
        pair.Close();

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new(pair.Connection, BodyFraming.Chunked, 0, 100), 100));
    }

    [Fact]
    public async Task Chunked_WithEndlessTrailers_IsRefused()
    {
        using var pair = await ConnectionPair.CreateAsync();
        await pair.WriteAsync("0\r\n" + string.Concat(Enumerable.Repeat("a: b\r\n", 100)), 10_000);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new(pair.Connection, BodyFraming.Chunked, 0, 100), 100));
    }

    [Theory]
    [InlineData((int)BodyFraming.Chunked, "5\r\nab")]
    [InlineData((int)BodyFraming.Chunked, "2\r\nab\r\n")]
    [InlineData((int)BodyFraming.Chunked, "2\r\nab\r\n0\r\n")]
    [InlineData((int)BodyFraming.Length, "ab")]
    public async Task Body_ThatBreaksOff_IsRefused(int framing, string wire)
    {
        using var pair = await ConnectionPair.CreateAsync();
        await pair.WriteAsync(wire, wire.Length);
        pair.Close();
        var reader = new ResponseBodyReader(pair.Connection, (BodyFraming)framing, 5, 100);

        await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(reader, 100));

        Assert.False(reader.IsComplete);
    }

    [Fact]
    public async Task Length_LeavesWhatFollows()
    {
        using var pair = await ConnectionPair.CreateAsync();
        await pair.WriteAsync("abcdeNEXT", 100);
        var reader = new ResponseBodyReader(pair.Connection, BodyFraming.Length, 5, 100);

        Assert.Equal(("abcde", true), (await ReadAsync(reader, 100), reader.IsComplete));
        Assert.Equal("NEXT", Encoding.Latin1.GetString(pair.Connection.Buffered));
    }

    [Fact]
    public async Task Close_EndsWithTheConnection()
    {
        using var pair = await ConnectionPair.CreateAsync();
        await pair.WriteAsync("abc", 1);
        pair.Close();

        Assert.Equal("abc", await ReadAsync(new(pair.Connection, BodyFraming.Close, 0, 100), 2));
    }

    private static async Task<string> ReadAsync(ResponseBodyReader reader, int bufferSize)
    {
        var text = new StringBuilder();
        var buffer = new byte[bufferSize];
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
