using System.Net.Sockets;
using Selvedge.Functions.Instances;
using Selvedge.Functions.Processes;
using Selvedge.Testing;

namespace Selvedge.Functions.Tests.Instances;

/// <summary>What a server learns by asking a process.</summary>
public sealed class PingsTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ManualClock _clock = new();
    private readonly TempDirectory _directory = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Socket _process = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_AProcessThatAnswers_TellsItsUtilization()
    {
        using var control = await ConnectAsync();
        var pings = new Pings(control, _clock);

        var asked = pings.AskAsync(Timeout);
        pings.OnAnswer(new HostMessage("pong", Detail: null, Id: 1, Utilization: 0.25));

        Assert.Equal(0.25, await asked.WaitAsync(Timeout, Ct));
    }

    [Fact]
    public async Task Ask_AProcessThatIsGone_TellsZero()
    {
        using var control = await ConnectAsync();
        var pings = new Pings(control, _clock);

        var asked = pings.AskAsync(Timeout);
        pings.End();

        Assert.Equal(0, await asked.WaitAsync(Timeout, Ct));
    }

    [Fact]
    public async Task Ask_AProcessThatHasNotReadForLong_TimesOutThoughTheQuestionCannotBeSent()
    {
        using var control = await ConnectAsync();
        var pings = new Pings(control, _clock);
        // More than the connection takes, so whatever is sent after it waits.
        var full = control.SendAsync(new ServerMessage(new string('x', 16 * 1024 * 1024), 0), ControlJson.Default.ServerMessage);

        var asked = pings.AskAsync(Timeout);
        Assert.False(full.IsCompleted);
        _clock.Advance(Timeout);

        Assert.Null(await asked.WaitAsync(Timeout, Ct));
    }

    public void Dispose()
    {
        _process.Dispose();
        _listener.Dispose();
        _directory.Dispose();
    }

    private async Task<ControlConnection> ConnectAsync()
    {
        var path = new UnixDomainSocketEndPoint(_directory.Combine("control"));
        _listener.Bind(path);
        _listener.Listen();
        await _process.ConnectAsync(path, Ct);
        return await ControlConnection.AcceptAsync(_listener, Ct);
    }
}
