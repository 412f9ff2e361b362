using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>The host program's own tests, which Node.js runs.</summary>
public sealed partial class HostProgramTests
{
    [Fact]
    public async Task HostProgram_PassesItsOwnTests()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "function-host-tests"), "*.test.mjs");
        Assert.NotEmpty(files);

        using var node = Process.Start(
            new ProcessStartInfo(TestHost.NodePath, ["--test", "--test-reporter=tap", .. files])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var report = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();

        Assert.True(node.ExitCode == 0, report);
        Assert.InRange(Count(PassedCount(), report), 30, int.MaxValue);
        Assert.Equal(0, Count(FailedCount(), report));
    }

    private static int Count(Regex pattern, string report) =>
        int.Parse(pattern.Match(report).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^# pass (\d+)", RegexOptions.Multiline)]
    private static partial Regex PassedCount();

    [GeneratedRegex(@"^# fail (\d+)", RegexOptions.Multiline)]
    private static partial Regex FailedCount();
}
