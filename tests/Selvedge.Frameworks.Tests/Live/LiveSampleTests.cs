using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Live;

/// <summary>What <c>samples/live</c> promises in its README, in a browser.</summary>
public sealed class LiveSampleTests
{
    private static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    [Fact]
    public async Task Page_WhoseServerIsKilledTwice_LosesNothingAndRepeatsNothing()
    {
        Assert.SkipUnless(File.Exists(Chromium), $"There is no {Chromium}; eng/install-test-tools.sh installs it.");
        using var data = new TempDirectory();

        var result = JsonDocument
            .Parse(
                await NodeScript.RunAsync(
                    "tests/Frameworks/tools/follow.mjs",
                    Repository.Command,
                    Repository.Path("samples", "live"),
                    data.Path
                )
            )
            .RootElement;

        var expected = result.GetProperty("expected").GetRawText();
        Assert.Equal(expected, result.GetProperty("followed").GetRawText());
        Assert.Equal(expected, result.GetProperty("read").GetRawText());
        Assert.Equal("[]", result.GetProperty("faults").GetRawText());
    }
}
