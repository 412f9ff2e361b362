using System.CommandLine;
using Selvedge.Cli.Output;
using Selvedge.Server.Configuration;
using Spectre.Console;

namespace Selvedge.Cli.Commands;

/// <summary><c>selvedge inspect DIR</c>: prints what a build output holds, or everything that is wrong with it.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> DirectoryArgument = new("DIR")
    {
        Description = "A project's root, its .vercel/output, or a directory that holds a config.json.",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<string?> DataDirectoryOption = new("--data-dir")
    {
        Description = "Where functions are staged. Default: .selvedge.",
    };

    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command("inspect", "Print what a build output holds.") { DirectoryArgument, DataDirectoryOption };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var flags = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (arguments.GetValue(DataDirectoryOption) is { } dataDirectory)
        {
            flags[nameof(SelvedgeOptions.DataDirectory)] = dataDirectory;
        }

        var (options, faults) = Settings.Load(arguments.GetValue(DirectoryArgument), flags);
        if (faults.Count > 0)
        {
            Faults.Print(faults);
            return ExitCodes.Fault;
        }

        var result = await Deployments.LoadAsync(options, AnsiConsole.Profile.Out.IsTerminal, cancellationToken);
        if (result.Deployment is not { } deployment)
        {
            Faults.Print(options.Directory, result.Faults);
            return ExitCodes.Fault;
        }

        Inspection.Print(deployment);
        return ExitCodes.Success;
    }
}
