using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>The host program's own tests, which Node.js runs, and its types, which TypeScript checks.</summary>
public sealed partial class HostProgramTests
{
    private const string Program = "function-host";
    private const string Tests = "function-host-tests";

    // The oldest Node.js that runs the program has no more than this, and its globals are not a browser's.
    private const string TypeCheck = """
        {
          "compilerOptions": {
            "allowJs": true,
            "checkJs": true,
            "lib": ["es2023"],
            "module": "nodenext",
            "noEmit": true,
            "noImplicitOverride": true,
            "noUnusedLocals": true,
            "skipLibCheck": true,
            "strict": true,
            "target": "es2023",
            "types": ["node"]
          },
          "include": ["**/*.mjs"]
        }
        """;

    private static string HostTypes =>
        typeof(HostProgramTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "HostTypes")
            .Value!;

    [Fact]
    public async Task HostProgram_PassesItsOwnTests()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, Tests), "*.test.mjs");
        Assert.NotEmpty(files);

        var (exitCode, report) = await RunAsync(["--test", "--test-reporter=tap", .. files]);

        Assert.True(exitCode == 0, report);
        Assert.InRange(Count(PassedCount(), report), 30, int.MaxValue);
        Assert.Equal(0, Count(FailedCount(), report));
    }

    [Fact]
    public async Task HostProgram_AndItsTests_HaveNoTypeErrors()
    {
        var directory = Directory.CreateTempSubdirectory("types");
        try
        {
            // Beside the packages as they were installed, because those that travel with the program travel without their types.
            var files = Copy(Program, directory.FullName) + Copy(Tests, directory.FullName);
            Directory.CreateSymbolicLink(
                Path.Combine(directory.FullName, "node_modules"),
                Path.GetFullPath(Path.Combine(HostTypes, "node_modules"))
            );
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "tsconfig.json"),
                TypeCheck,
                TestContext.Current.CancellationToken
            );

            var compiler = Path.Combine(HostTypes, "node_modules", "typescript", "bin", "tsc");
            var (exitCode, report) = await RunAsync([compiler, "-p", directory.FullName]);

            Assert.True(exitCode == 0, report);
            Assert.InRange(files, 30, int.MaxValue);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static int Copy(string part, string destination)
    {
        var count = 0;
        var source = Path.Combine(AppContext.BaseDirectory, part);
        foreach (var file in Directory.GetFiles(source, "*.mjs", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(AppContext.BaseDirectory, file);
            if (relative.Contains("node_modules", StringComparison.Ordinal))
            {
                continue;
            }

            var target = new FileInfo(Path.Combine(destination, relative));
            target.Directory!.Create();
            File.Copy(file, target.FullName);
            count++;
        }

        return count;
    }

    private static async Task<(int ExitCode, string Report)> RunAsync(IEnumerable<string> arguments)
    {
        using var node = Process.Start(
            new ProcessStartInfo(TestHost.NodePath, arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var report = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return (node.ExitCode, report);
    }

    private static int Count(Regex pattern, string report) =>
        int.Parse(pattern.Match(report).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^# pass (\d+)", RegexOptions.Multiline)]
    private static partial Regex PassedCount();

    [GeneratedRegex(@"^# fail (\d+)", RegexOptions.Multiline)]
    private static partial Regex FailedCount();
}
