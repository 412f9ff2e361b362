using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Tests.Storage;

public sealed class BlockFileTests
{
    [Fact]
    public void Retire_WithAReaderInside_WaitsForItToLeave()
    {
        var block = new BlockFile { File = new SimulatedDevice().Create("file") };
        var unused = false;
        block.Pin();

        block.Retire(_ => unused = true);
        Assert.False(unused);
        block.Unpin();

        Assert.True(unused);
    }

    [Fact]
    public void Retire_WithoutReaders_IsImmediate()
    {
        var block = new BlockFile { File = new SimulatedDevice().Create("file") };
        var unused = false;

        block.Retire(_ => unused = true);

        Assert.True(unused);
    }
}
