using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

/// <summary>Kills a function's process, so it has a server of its own.</summary>
public sealed class CrashTests(NextSite site)
{
    [Fact]
    public async Task KilledProcess_LosesOnlyTheRequestsInFlightInIt_AndIsReplaced()
    {
        await using var selvedge = await SelvedgeProcess.StartAsync(site.App);
        using var client = PlainHttp.CreateClient(selvedge.BaseAddress);
        var victim = await ProcessOfAsync(client, "/api/hold");
        Assert.NotEqual(victim, await ProcessOfAsync(client, "/api/legacy"));

        // A hundred requests that no handler answers before its gate opens: half in the process to be killed, half beside it.
        var held = Enumerable.Range(0, 50).Select(_ => Hold(client, "/api/hold")).ToArray();
        var beside = Enumerable.Range(0, 50).Select(_ => Hold(client, "/api/legacy")).ToArray();
        await Task.WhenAll(held.Concat(beside).Select(request => request.Gate.Arrived)).WaitAsync(TimeSpan.FromSeconds(30));
        using (var process = Process.GetProcessById(victim))
            process.Kill();

        Assert.All(await Task.WhenAll(held.Select(request => request.Status)), status => Assert.Equal(502, status));
        Assert.All(beside, request => request.Gate.Open());
        Assert.All(await Task.WhenAll(beside.Select(request => request.Status)), status => Assert.Equal(200, status));
        Assert.NotEqual(victim, await ProcessOfAsync(client, "/api/hold"));
    }

    private (Gate Gate, Task<int> Status) Hold(HttpClient client, string path)
    {
        var (gate, until) = site.NewGate();
        return (gate, StatusAsync());

        async Task<int> StatusAsync() =>
            (await client.AnswerAsync(string.Create(CultureInfo.InvariantCulture, $"{path}?until={until}"))).Status;
    }

    private static async Task<int> ProcessOfAsync(HttpClient client, string path)
    {
        var answer = await client.AnswerAsync(path);
        Assert.Equal(200, answer.Status);
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty("process").GetInt32();
    }
}
