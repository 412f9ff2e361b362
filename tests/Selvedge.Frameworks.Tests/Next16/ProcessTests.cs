using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>What becomes of requests when processes end. Each test has a server of its own.</summary>
public sealed class ProcessTests(NextSite site)
{
    [Fact]
    public async Task FunctionProcess_Killed_LosesOnlyTheRequestsInFlightInIt_AndIsReplaced()
    {
        await using var selvedge = await SelvedgeProcess.StartAsync(site.App);
        using var client = PlainHttp.CreateClient(selvedge.BaseAddress);
        var victim = await ProcessOfAsync(client, "/api/hold");
        Assert.NotEqual(victim, await ProcessOfAsync(client, "/api/legacy"));

        // A hundred requests that no handler answers before its gate opens: half in the process to be killed, half beside it.
        var inside = Enumerable.Range(0, 50).Select(_ => Hold(client, "/api/hold")).ToArray();
        var beside = Enumerable.Range(0, 50).Select(_ => Hold(client, "/api/legacy")).ToArray();
        await Task.WhenAll(inside.Concat(beside).Select(request => request.Gate.ArrivalAsync()));
        using (var process = Process.GetProcessById(victim))
            process.Kill();

        Assert.All(await Task.WhenAll(inside.Select(request => request.Status)), status => Assert.Equal(502, status));
        Assert.All(beside, request => request.Gate.Open());
        Assert.All(await Task.WhenAll(beside.Select(request => request.Status)), status => Assert.Equal(200, status));
        Assert.NotEqual(victim, await ProcessOfAsync(client, "/api/hold"));
    }

    [Fact]
    public async Task Server_AskedToStop_AnswersWhatIsInFlightFirst()
    {
        await using var selvedge = await SelvedgeProcess.StartAsync(site.App);
        using var client = PlainHttp.CreateClient(selvedge.BaseAddress);
        var (gate, status) = Hold(client, "/api/hold");
        await gate.ArrivalAsync();

        var stopped = selvedge.StopAsync();
        while (await AcceptsAsync(selvedge.BaseAddress)) { }
        Assert.False(stopped.IsCompleted);
        gate.Open();

        Assert.Equal(200, await status);
        Assert.Equal(0, await stopped);
    }

    [Fact]
    public async Task Server_Killed_TakesItsFunctionsAlong()
    {
        await using var selvedge = await SelvedgeProcess.StartAsync(site.App);
        using var client = PlainHttp.CreateClient(selvedge.BaseAddress);
        using var function = Process.GetProcessById(await ProcessOfAsync(client, "/api/hold"));

        await selvedge.KillAsync();

        await function.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Server_Killed_StartsAgainOnTheSameData()
    {
        using var data = new TempDirectory();
        await using (var first = await SelvedgeProcess.StartAsync(site.App, data.Path))
        {
            using var client = PlainHttp.CreateClient(first.BaseAddress);
            await ProcessOfAsync(client, "/api/hold");
            await first.KillAsync();
        }

        await using var second = await SelvedgeProcess.StartAsync(site.App, data.Path);
        using var again = PlainHttp.CreateClient(second.BaseAddress);

        Assert.NotEqual(0, await ProcessOfAsync(again, "/api/hold"));
    }

    private (Gate Gate, Task<int> Status) Hold(HttpClient client, string path)
    {
        var (gate, until) = site.NewGate();
        return (gate, StatusAsync());

        async Task<int> StatusAsync() => (await client.AnswerAsync($"{path}?until={until}")).Status;
    }

    private static async Task<int> ProcessOfAsync(HttpClient client, string path)
    {
        var answer = await client.AnswerAsync(path);
        Assert.Equal(200, answer.Status);
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty("process").GetInt32();
    }

    private static async Task<bool> AcceptsAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
