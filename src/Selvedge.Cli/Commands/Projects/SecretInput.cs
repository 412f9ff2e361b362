using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands.Projects;

/// <summary>Where a secret comes from: a file, or thin air. Servers never tell one, so whoever needs it keeps it now.</summary>
internal static class SecretInput
{
    private const int MadeUpBytes = 32;

    /// <summary>Names the file.</summary>
    public static Option<string?> Option { get; } =
        new("--secret-file")
        {
            Description = "A file that holds the secret, 32 characters or more. Default: one is made up and printed, this once.",
        };

    /// <summary>Gives a secret to a request; if it is accepted and was made up, prints it.</summary>
    public static async Task<RemoteFault?> UseAsync(
        ParseResult arguments,
        Func<string, Task<(JsonDocument? Answer, RemoteFault? Fault)>> send
    )
    {
        var file = arguments.GetValue(Option);
        string secret;
        try
        {
            secret = file is null
                ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MadeUpBytes))
                : (await File.ReadAllTextAsync(file)).Trim();
        }
        catch (UnauthorizedAccessException exception)
        {
            return new RemoteFault(RemoteFaultReason.Refused, $"--secret-file: {exception.Message}");
        }

        var (answer, fault) = await send(secret);
        answer?.Dispose();
        if (fault is null && file is null)
        {
            await Console.Out.WriteLineAsync(secret);
        }

        return fault;
    }
}
