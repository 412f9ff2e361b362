using System.Text;
using Selvedge.Functions.Output;

namespace Selvedge.Functions.Tests.Output;

public sealed class BoundedLineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\n", new[] { "" })]
    [InlineData("one\ntwo\r\n\nlast", new[] { "one", "two", "", "last" })]
    [InlineData("0123456789\n", new[] { "0123456789" })]
    [InlineData("0123456789x\nnext\n", new[] { "0123456789…", "next" })]
    [InlineData("0123456789 and so on and on\nnext", new[] { "0123456789…", "next" })]
    [InlineData("0123456789 and no end", new[] { "0123456789…" })]
    public async Task Read_CutsLinesAndDropsTheRest(string text, string[] expected)
    {
        foreach (var piece in new[] { 1, 3, 100 })
        {
            var reader = new BoundedLineReader(new DrippingStream(Encoding.UTF8.GetBytes(text), piece), maxBytes: 10);
            var lines = new List<string>();

            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                lines.Add(line);
            }

            Assert.Equal(expected, lines);
        }
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class DrippingStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
