using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Selvedge.Cli.Doctor;
using Selvedge.Cli.Output;

namespace Selvedge.Cli.Commands;

/// <summary><c>selvedge doctor [DIR]</c>: says whether a server told the same would find what it needs here, and starts none.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Argument<string?> DirectoryArgument = new("DIR")
    {
        Description = "What would be served. Default: the current directory.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> JsonOption = new("--json") { Description = "Print the findings as JSON." };

    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Check what a server would find here.") { DirectoryArgument, JsonOption };
        SettingFlags.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (options, faults) = SettingFlags.Load(arguments, arguments.GetValue(DirectoryArgument));
        IReadOnlyList<Finding> findings =
            faults.Count > 0
                ? [.. faults.Select(fault => Finding.Fault("settings", $"{fault.Key}: {fault.Message}"))]
                : await Checkup.RunAsync(options, cancellationToken);
        if (arguments.GetValue(JsonOption))
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(findings, Json));
        }
        else
        {
            Findings.Print(findings);
        }

        return findings.Any(finding => finding.Verdict is Verdict.Fault) ? ExitCodes.Fault : ExitCodes.Success;
    }
}
