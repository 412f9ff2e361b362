using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Tests.Wire;

public sealed class FrameReaderTests
{
    [Theory]
    [InlineData(0u, (byte)FrameKind.Data, 0)]
    [InlineData(1u, (byte)FrameKind.Credit, 0xffffff)]
    [InlineData(uint.MaxValue, (byte)FrameKind.Close, 0x010203)]
    [InlineData(0x01020304u, (byte)255, 1)]
    public void Frame_WrittenAndRead_IsTheSame(uint channel, byte kind, int number)
    {
        var frame = new Frame(channel, (FrameKind)kind, number);
        var bytes = new byte[Frame.Size];

        frame.Write(bytes);

        Assert.Equal(frame, Frame.Read(bytes));
    }

    [Fact]
    public void Frame_OnTheWire_IsLittleEndianAndEndsWithItsKind()
    {
        var bytes = new byte[Frame.Size];
        new Frame(0x01020304, FrameKind.Close, 0x0a0b0c).Write(bytes);

        Assert.Equal([4, 3, 2, 1, 0x0c, 0x0b, 0x0a, 3], bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Reader_InWhateverPieces_ReadsTheSame(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var (wire, expected) = Compose(random);
            Assert.Equal(expected, Read(wire, random));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Reader_OfAnything_TakesAllOfItAndGivesNoMore(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var wire = new byte[random.Next(200)];
            random.NextBytes(wire);
            var reader = new FrameReader();
            ReadOnlySpan<byte> rest = wire;
            var total = 0;
            while (reader.TryRead(ref rest, out var frame, out var data))
            {
                Assert.Equal(frame.Kind == FrameKind.Data ? frame.Number : 0, data.Length);
                total += data.Length;
            }

            Assert.True(rest.IsEmpty);
            Assert.InRange(total, 0, wire.Length);
        }
    }

    // What each channel is sent, as text, so that neighbouring pieces of data are the same as one.
    private static (byte[] Wire, string Expected) Compose(Random random)
    {
        var wire = new List<byte>();
        var expected = new List<string>();
        for (var i = random.Next(1, 20); i > 0; i--)
        {
            var frame = new Frame((uint)random.Next(1, 4), (FrameKind)random.Next(4), random.Next(40));
            var bytes = new byte[Frame.Size];
            frame.Write(bytes);
            wire.AddRange(bytes);
            if (frame.Kind != FrameKind.Data)
            {
                expected.Add($"{frame.Kind} {frame.Channel} {frame.Number};");
                continue;
            }

            var data = new byte[frame.Number];
            random.NextBytes(data);
            wire.AddRange(data);
            expected.AddRange(data.Select(value => $"{frame.Channel}:{value} "));
        }

        return ([.. wire], string.Concat(expected));
    }

    private static string Read(byte[] wire, Random random)
    {
        var reader = new FrameReader();
        var read = new List<string>();
        for (var at = 0; at < wire.Length; )
        {
            var count = Math.Min(random.Next(1, 30), wire.Length - at);
            ReadOnlySpan<byte> piece = wire.AsSpan(at, count);
            at += count;
            while (reader.TryRead(ref piece, out var frame, out var data))
            {
                if (frame.Kind != FrameKind.Data)
                {
                    read.Add($"{frame.Kind} {frame.Channel} {frame.Number};");
                }

                foreach (var value in data)
                {
                    read.Add($"{frame.Channel}:{value} ");
                }
            }
        }

        return string.Concat(read);
    }
}
