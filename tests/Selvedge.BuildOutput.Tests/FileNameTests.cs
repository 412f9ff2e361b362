using System.Diagnostics;

namespace Selvedge.BuildOutput.Tests;

public sealed class FileNameTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose()
    {
        // .NET cannot name the file, and so cannot delete it.
        Shell($"rm -f '{_output.Output}'/static/* '{_output.Output}'/functions/a.func/*");
        _output.Dispose();
    }

    [Theory]
    [InlineData("static")]
    [InlineData("functions/a.func")]
    public async Task FileName_ThatIsNotUtf8_IsAFault(string directory)
    {
        _output.Static("a").Function("a");
        Shell($"touch '{Path.Join(_output.Output, directory)}/'$(printf '\\377')");

        Assert.Equal($"{directory}/\ufffd", (await _output.FaultAsync()).File);
    }

    private static void Shell(string command)
    {
        using var shell = Process.Start("sh", ["-c", command]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
