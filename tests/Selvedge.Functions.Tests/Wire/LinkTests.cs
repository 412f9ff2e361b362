using System.Text;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Tests.Wire;

public sealed class LinkTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Channel_Opened_IsAnnouncedBeforeWhatIsSentOnIt()
    {
        using var pair = await LinkPair.CreateAsync();
        var channel = pair.Link.Open();

        await channel.SendAsync("hello"u8.ToArray());

        Assert.Equal(new Frame(channel.Id, FrameKind.Open, 0), await pair.ReceiveFrameAsync());
        Assert.Equal(new Frame(channel.Id, FrameKind.Data, 5), await pair.ReceiveFrameAsync());
        Assert.Equal("hello"u8.ToArray(), await pair.ReceiveAsync(5));
    }

    [Fact]
    public async Task Channels_OpenedByMany_AreAnnouncedBeforeTheyAreUsed()
    {
        using var pair = await LinkPair.CreateAsync();
        var opening = Parallel.ForAsync(0, 200, Patience, async (_, _) => await pair.Link.Open().SendAsync(new byte[3]));

        var open = new HashSet<uint>();
        for (var used = 0; used < 200; )
        {
            var frame = await pair.ReceiveFrameAsync();
            if (frame.Kind == FrameKind.Open)
            {
                Assert.True(open.Add(frame.Channel));
                continue;
            }

            Assert.Contains(frame.Channel, open);
            await pair.ReceiveAsync(frame.Number);
            used++;
        }

        await opening;
    }

    [Fact]
    public async Task Data_GoesToItsChannelInOrder()
    {
        using var pair = await LinkPair.CreateAsync();
        var (first, second) = (pair.Link.Open(), pair.Link.Open());
        await pair.SendAsync(new(first.Id, FrameKind.Data, 1), (byte)'a');
        await pair.SendAsync(new(second.Id, FrameKind.Data, 1), (byte)'x');
        await pair.SendAsync(new(first.Id, FrameKind.Data, 2), (byte)'b', (byte)'c');

        Assert.Equal("abc", await ReadAsync(first, 3));
        Assert.Equal("x", await ReadAsync(second, 1));
    }

    [Fact]
    public async Task Send_BeyondTheWindow_WaitsForCredit()
    {
        using var pair = await LinkPair.CreateAsync();
        var channel = pair.Link.Open();
        var sending = channel.SendAsync(new byte[Frame.Window + 1]).AsTask();
        Assert.Equal(FrameKind.Open, (await pair.ReceiveFrameAsync()).Kind);
        Assert.Equal(Frame.Window, await ReceiveDataAsync(pair, Frame.Window));
        Assert.False(sending.IsCompleted);

        await pair.SendAsync(new(channel.Id, FrameKind.Credit, 1));

        await sending;
        Assert.Equal(1, await ReceiveDataAsync(pair, 1));
    }

    [Fact]
    public async Task Send_ThatWaits_LeavesOtherChannelsAlone()
    {
        using var pair = await LinkPair.CreateAsync();
        var stuck = pair.Link.Open();
        var sending = stuck.SendAsync(new byte[Frame.Window + 1]).AsTask();
        var other = pair.Link.Open();

        await other.SendAsync(new byte[1]);

        Assert.False(sending.IsCompleted);
        Frame frame;
        while ((frame = await pair.ReceiveFrameAsync()).Channel == stuck.Id)
        {
            await pair.ReceiveAsync(frame.Kind == FrameKind.Data ? frame.Number : 0);
        }

        Assert.Equal(other.Id, frame.Channel);
        stuck.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending);
    }

    [Fact]
    public async Task Credit_IsGivenForWhatIsRead_AndNotBefore()
    {
        using var pair = await LinkPair.CreateAsync();
        var channel = pair.Link.Open();
        await pair.ReceiveFrameAsync();
        await pair.SendAsync(new(channel.Id, FrameKind.Data, Frame.Window / 2), new byte[Frame.Window / 2]);
        await pair.SendAsync(new(channel.Id, FrameKind.Data, 1), 1);
        await ReadAsync(channel, (Frame.Window / 2) - 1);

        // Nothing has been said so far, so that what is said next is the first.
        await channel.SendAsync(new byte[1]);
        Assert.Equal(new Frame(channel.Id, FrameKind.Data, 1), await pair.ReceiveFrameAsync());
        await pair.ReceiveAsync(1);
        await ReadAsync(channel, 2);

        Assert.Equal(new Frame(channel.Id, FrameKind.Credit, (Frame.Window / 2) + 1), await pair.ReceiveFrameAsync());
    }

    [Fact]
    public async Task Peer_ThatSendsBeyondTheWindow_LosesTheLink()
    {
        using var pair = await LinkPair.CreateAsync();
        var channel = pair.Link.Open();
        var (size, sent) = (64 * 1024, 0);
        for (; sent <= Frame.Window; sent += size)
        {
            await pair.SendAsync(new(channel.Id, FrameKind.Data, size), new byte[size]);
        }

        await pair.Link.Ended.WaitAsync(Patience);
    }

    [Theory]
    [InlineData((byte)FrameKind.Open)]
    [InlineData((byte)4)]
    [InlineData((byte)255)]
    public async Task Peer_ThatSaysWhatNoHostSays_LosesTheLink(byte kind)
    {
        using var pair = await LinkPair.CreateAsync();
        var channel = pair.Link.Open();

        await pair.SendAsync(new(channel.Id, (FrameKind)kind, 0));

        await pair.Link.Ended.WaitAsync(Patience);
        Assert.Equal(0, await channel.ReceiveAsync(new byte[1]));
    }

    [Fact]
    public async Task Peer_ThatClosesAChannel_EndsItAfterWhatItHasSent()
    {
        using var pair = await LinkPair.CreateAsync();
        var (channel, other) = (pair.Link.Open(), pair.Link.Open());
        await pair.SendAsync(new(channel.Id, FrameKind.Data, 1), (byte)'a');
        await pair.SendAsync(new(channel.Id, FrameKind.Close, 0));
        await pair.SendAsync(new(other.Id, FrameKind.Data, 1), (byte)'b');

        Assert.Equal("b", await ReadAsync(other, 1));
        Assert.False(channel.IsIdle);
        Assert.Equal("a", await ReadAsync(channel, 1));
        Assert.Equal(0, await channel.ReceiveAsync(new byte[1]));
        await Assert.ThrowsAsync<IOException>(() => channel.SendAsync(new byte[1]).AsTask());
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    public async Task Peer_ThatClosesAChannel_SaysWhatItHasSeen(int arrived, bool lost)
    {
        using var pair = await LinkPair.CreateAsync();
        var channel = pair.Link.Open();
        await channel.SendAsync(new byte[3]);
        var before = channel.Sent;
        await channel.SendAsync(new byte[2]);
        Assert.False(channel.HasLostAllBehind(before));

        await pair.SendAsync(new(channel.Id, FrameKind.Close, arrived));

        Assert.Equal(0, await channel.ReceiveAsync(new byte[1]).AsTask().WaitAsync(Patience));
        Assert.Equal(lost, channel.HasLostAllBehind(before));
    }

    [Fact]
    public async Task Peer_ThatDiesInTheMiddleOfAFrame_EndsEveryChannel()
    {
        using var pair = await LinkPair.CreateAsync();
        var (channel, other) = (pair.Link.Open(), pair.Link.Open());
        var reading = other.ReceiveAsync(new byte[1]).AsTask();
        await pair.SendAsync(new(channel.Id, FrameKind.Data, 10), (byte)'a');
        Assert.Equal("a", await ReadAsync(channel, 1));

        pair.EndPeer();

        Assert.Equal(0, await reading.WaitAsync(Patience));
        Assert.Equal(0, await channel.ReceiveAsync(new byte[1]));
        await pair.Link.Ended.WaitAsync(Patience);
        Assert.Throws<IOException>(() => pair.Link.Open());
        Assert.False(channel.HasLostAllBehind(channel.Sent));
    }

    [Fact]
    public async Task Dispose_EndsTheReader_AndTellsThePeer()
    {
        using var pair = await LinkPair.CreateAsync();
        var channel = pair.Link.Open();
        var reading = channel.ReceiveAsync(new byte[1]).AsTask();

        channel.Dispose();
        channel.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading.WaitAsync(Patience));
        Assert.Equal(FrameKind.Open, (await pair.ReceiveFrameAsync()).Kind);
        Assert.Equal(new Frame(channel.Id, FrameKind.Close, 0), await pair.ReceiveFrameAsync());
    }

    [Fact]
    public async Task Data_ForAChannelThatIsClosed_IsDropped()
    {
        using var pair = await LinkPair.CreateAsync();
        var (closed, open) = (pair.Link.Open(), pair.Link.Open());
        closed.Dispose();

        await pair.SendAsync(new(closed.Id, FrameKind.Data, 3), 1, 2, 3);
        await pair.SendAsync(new(open.Id, FrameKind.Data, 1), (byte)'a');

        Assert.Equal("a", await ReadAsync(open, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Peer_ThatSendsAnything_EndsTheLinkOrIsDropped(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            using var pair = await LinkPair.CreateAsync();
            var channel = pair.Link.Open();
            var bytes = new byte[random.Next(1, 2000)];
            random.NextBytes(bytes);
            // Most numbers are of no channel and most kinds of none; some are made to be.
            for (var at = 0; at + Frame.Size <= bytes.Length; at += Frame.Size + random.Next(20))
            {
                new Frame(channel.Id, (FrameKind)random.Next(4), random.Next(40)).Write(bytes.AsSpan(at));
            }

            await pair.SendBytesAsync(bytes);
            pair.EndPeer();

            await pair.Link.Ended.WaitAsync(Patience);
            Assert.InRange(await DrainAsync(channel), 0, bytes.Length);
        }
    }

    private static async Task<string> ReadAsync(Channel channel, int count)
    {
        var buffer = new byte[count];
        for (var total = 0; total < count; )
        {
            var read = await channel.ReceiveAsync(buffer.AsMemory(total)).AsTask().WaitAsync(Patience);
            Assert.NotEqual(0, read);
            total += read;
        }

        return Encoding.Latin1.GetString(buffer);
    }

    private static async Task<int> DrainAsync(Channel channel)
    {
        var buffer = new byte[512];
        var total = 0;
        while (await channel.ReceiveAsync(buffer).AsTask().WaitAsync(Patience) is var read and > 0)
        {
            total += read;
        }

        return total;
    }

    private static async Task<int> ReceiveDataAsync(LinkPair pair, int count)
    {
        var total = 0;
        while (total < count)
        {
            var frame = await pair.ReceiveFrameAsync();
            Assert.Equal(FrameKind.Data, frame.Kind);
            await pair.ReceiveAsync(frame.Number);
            total += frame.Number;
        }

        return total;
    }
}
