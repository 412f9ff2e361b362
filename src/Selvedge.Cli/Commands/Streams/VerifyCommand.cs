using System.CommandLine;
using Selvedge.Cli.Output;
using Selvedge.Server.Configuration;
using Selvedge.Streams;
using Selvedge.Streams.Storage;

namespace Selvedge.Cli.Commands.Streams;

/// <summary><c>selvedge streams verify</c>: looks through a data directory that no server uses.</summary>
internal static class VerifyCommand
{
    private static readonly Option<string?> DataDirectoryOption = new("--data-dir")
    {
        Description = "The server's data directory. Default: .selvedge.",
    };

    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "verify",
            "Check the streams of a server that is not running: what they hold, what a crash left, what is damaged."
        )
        {
            DataDirectoryOption,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var flags = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (arguments.GetValue(DataDirectoryOption) is { } dataDirectory)
        {
            flags[nameof(SelvedgeOptions.DataDirectory)] = dataDirectory;
        }

        var (options, faults) = Settings.Load(directory: null, flags);
        if (faults.Count > 0)
        {
            Faults.Print(faults);
            return ExitCodes.Fault;
        }

        var directory = Path.GetFullPath(Path.Combine(options.DataDirectory, "streams"));
        try
        {
            var report = DirectoryCheck.Run(directory);
            Print(directory, report);
            return report.Damage.Count == 0 ? ExitCodes.Success : ExitCodes.Fault;
        }
        catch (Exception exception) when (exception is StreamStoreException or IOException or UnauthorizedAccessException)
        {
            Faults.Print(exception.Message);
            return ExitCodes.Fault;
        }
    }

    private static void Print(string directory, DirectoryReport report)
    {
        Console.Out.WriteLine($"Directory: {directory}");
        Console.Out.WriteLine($"Streams, the server's own among them: {report.Streams}");
        Console.Out.WriteLine($"Bytes in them: {report.Bytes}");
        Console.Out.WriteLine($"Write-ahead files the next start replays: {report.UnsettledFiles}");
        Console.Out.WriteLine($"Records a crash cut short, acknowledged to nobody: {report.UnfinishedRecords}");
        Console.Out.WriteLine($"Files the next start removes: {Names(report.Leftovers)}");
        Console.Out.WriteLine(report.Damage.Count == 0 ? "Sound: every checksum holds." : $"Damaged: {report.Damage.Count}");
        foreach (var damage in report.Damage)
        {
            Faults.Print(damage);
        }
    }

    private static string Names(IReadOnlyList<string> files) => files.Count == 0 ? "none" : string.Join(", ", files);
}
