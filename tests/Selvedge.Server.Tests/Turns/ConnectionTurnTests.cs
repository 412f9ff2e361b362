using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Selvedge.Server.Turns;

namespace Selvedge.Server.Tests.Turns;

/// <summary>Where those resume who wait for a connection whose transport calls them on a thread of its own.</summary>
public sealed class ConnectionTurnTests
{
    private readonly Pipe _incoming = new(Inline(pause: 1 << 20));
    private readonly Pipe _outgoing = new(Inline(pause: 8));
    private readonly ConnectionTurn _turn;

    public ConnectionTurnTests()
    {
        var connection = new DefaultConnectionContext { Transport = new Duplex(_incoming.Reader, _outgoing.Writer) };
        ConnectionTurn.Apply(connection);
        _turn = connection.Features.Get<ConnectionTurn>()!;
        Assert.Same(_turn, connection.Transport);
    }

    [Fact]
    public async Task Read_BetweenRequests_ResumesWhereTheBytesArrive() => Assert.False(await ReadResumesInPoolAsync());

    [Fact]
    public async Task Read_OfARequestThatHasLeft_ResumesInThePool()
    {
        await _turn.LeaveAsync();

        Assert.True(await ReadResumesInPoolAsync());
    }

    [Fact]
    public async Task Read_AfterTheRequestEnded_ResumesWhereTheBytesArrive()
    {
        await _turn.LeaveAsync();
        _turn.End();

        Assert.False(await ReadResumesInPoolAsync());
    }

    [Fact]
    public async Task Read_OfAConnectionThatHasHadManyTurns_ResumesInThePool()
    {
        for (var i = 1; i < 64; i++)
            Assert.False(await ReadResumesInPoolAsync());

        Assert.True(await ReadResumesInPoolAsync());
        Assert.False(await ReadResumesInPoolAsync());
    }

    [Fact]
    public async Task Flush_OfARequestThatHasLeft_ResumesInThePool()
    {
        await _turn.LeaveAsync();

        Assert.True(await FlushResumesInPoolAsync());
    }

    [Fact]
    public async Task Flush_OfAHit_ResumesWhereTheClientTookTheBytes() => Assert.False(await FlushResumesInPoolAsync());

    [Fact]
    public async Task Leave_OnAThreadOfTheTransport_GoesOnInThePool()
    {
        var left = new TaskCompletionSource<bool>();
        OnAnotherThread(async () =>
        {
            await _turn.LeaveAsync();
            left.SetResult(Thread.CurrentThread.IsThreadPoolThread);
        });

        Assert.True(await left.Task);
    }

    private async Task<bool> ReadResumesInPoolAsync()
    {
        var resumed = ReadAsync();
        OnAnotherThread(() => _incoming.Writer.WriteAsync(new byte[1]).AsTask());
        return await resumed;
    }

    private async Task<bool> ReadAsync()
    {
        var result = await _turn.Input.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
        var inPool = Thread.CurrentThread.IsThreadPoolThread;
        _turn.Input.AdvanceTo(result.Buffer.End);
        return inPool;
    }

    private async Task<bool> FlushResumesInPoolAsync()
    {
        _turn.Output.Write(new byte[16]);
        var resumed = FlushAsync();
        OnAnotherThread(() =>
        {
            _outgoing.Reader.TryRead(out var result);
            _outgoing.Reader.AdvanceTo(result.Buffer.End);
            return Task.CompletedTask;
        });
        return await resumed;
    }

    private async Task<bool> FlushAsync()
    {
        await _turn.Output.FlushAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
        return Thread.CurrentThread.IsThreadPoolThread;
    }

    private static void OnAnotherThread(Func<Task> action) => new Thread(() => _ = action()).Start();

    private static PipeOptions Inline(int pause) =>
        new(
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: pause,
            resumeWriterThreshold: pause / 2,
            useSynchronizationContext: false
        );

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
