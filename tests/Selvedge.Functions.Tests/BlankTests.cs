using System.Text.Json;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>Processes that are started before anybody knows which function they will be.</summary>
public sealed class BlankTests
{
    private const string Source =
        "console.log('loaded'); export default (req, res) => res.end(JSON.stringify({ pid: process.pid, cwd: process.cwd(), env: process.env, argv: process.argv[1] }));";

    [Theory]
    [InlineData(FunctionRuntime.Node)]
    [InlineData(FunctionRuntime.Edge)]
    public async Task FirstRequest_TakesABlankAndAnotherTakesItsPlace(FunctionRuntime runtime)
    {
        await using var host = new TestHost(options => options with { WarmBlanks = 1 });
        var function = host.Write("export const GET = () => new Response('ok')") with { Runtime = runtime };
        host.Host.Expect([function]);
        var blank = await BlankAsync(host, number: 1);

        Assert.Equal("ok", (await host.GetAsync(function)).Text);

        Assert.Equal(blank, Signals.LastProcess(host));
        Assert.NotEqual(blank, await BlankAsync(host, number: 2));
        Assert.Equal(1, host.Meters.Sum("selvedge.functions.instances functions.state=blank"));
    }

    [Fact]
    public async Task Blank_BecomesWhatAProcessOfTheFunctionsOwnWouldBe()
    {
        await using var cold = new TestHost();
        await using var warm = new TestHost(options => options with { WarmBlanks = 1 });
        var function = cold.Write(Source) with
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["MINE"] = "1", ["TZ"] = "Asia/Tokyo" },
        };
        warm.Host.Expect([function]);
        await BlankAsync(warm, number: 1);

        var expected = Strip((await cold.GetAsync(function)).Text);
        var actual = Strip((await warm.GetAsync(function)).Text);

        Assert.Equal(expected, actual);
        Assert.Equal($"{function.Name}: loaded", (await warm.Logs.WaitAsync("loaded")).Text);
    }

    [Fact]
    public async Task Function_ThatNeedsItsOwnProcess_TakesNoBlank()
    {
        await using var host = new TestHost(options => options with { WarmBlanks = 1 });
        var plain = host.Write(Source);
        host.Host.Expect([plain]);
        var blank = await BlankAsync(host, number: 1);

        await host.GetAsync(
            plain with
            {
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NODE_OPTIONS"] = "--title=own" },
            }
        );

        Assert.NotEqual(blank, Signals.LastProcess(host));
    }

    [Fact]
    public async Task Blank_ThatHoldsTheLastPlace_IsGivenUp()
    {
        await using var host = new TestHost(options => options with { WarmBlanks = 1, MaxInstances = 1 });
        var function = host.Write(Source);
        host.Host.Expect([function with { Runtime = FunctionRuntime.Edge }]);
        await BlankAsync(host, number: 1);

        Assert.Equal(200, (await host.GetAsync(function)).Status);
    }

    [Fact]
    public async Task Blank_ThatIsKilled_CostsNoRequest()
    {
        await using var host = new TestHost(options => options with { WarmBlanks = 1 });
        var function = host.Write(Source);
        host.Host.Expect([function]);
        var blank = await BlankAsync(host, number: 1);

        Signals.Send(blank, "SIGKILL");
        while (host.Meters.Sum("selvedge.functions.instances functions.state=blank") > 0)
        {
            await Task.Yield();
        }

        Assert.Equal(200, (await host.GetAsync(function)).Status);
    }

    private static async Task<int> BlankAsync(TestHost host, int number)
    {
        var entry = await host.Logs.WaitAsync(entry =>
            entry.Event.Name == "BlankReady" && host.Logs.Entries.Count(other => other.Event.Name == "BlankReady") >= number
        );
        var blanks = host.Logs.Entries.Where(other => other.Event.Name == "BlankReady").Append(entry).Distinct();
        return Signals.ProcessOf(blanks.ElementAt(number - 1));
    }

    private static string Strip(string json)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
        fields.Remove("pid");
        var environment = fields["env"].EnumerateObject().OrderBy(variable => variable.Name, StringComparer.Ordinal);
        return $"{fields["cwd"]} {fields["argv"]} {string.Join('\n', environment)}";
    }
}
