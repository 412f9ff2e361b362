using System.Runtime.Versioning;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>The directory in which a server keeps what outlives it.</summary>
public sealed class DataDirectoryTests
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task DataDirectory_MadeByTheServer_IsForItsUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes on Windows.");
        using var output = new TempDirectory();
        using var parent = new TempDirectory();
        output.Write("config.json", """{"version":3,"routes":[]}""");
        var data = Path.Combine(parent.Path, "data");

        await using var server = await SelvedgeProcess.StartAsync(output.Path, data);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
    }
}
