using System.CommandLine;
using Selvedge.Cli.Output;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands;

/// <summary>What the commands that use the admin listener share: where it is, and the token.</summary>
internal static class AdminAccess
{
    // The server's own setting Admin:Token, so that one environment serves both.
    private const string TokenVariable = "SELVEDGE_ADMIN__TOKEN";

    private static readonly Option<string> UrlOption = new("--admin-url")
    {
        Description = "The server's admin listener.",
        DefaultValueFactory = _ => "http://localhost:3001",
    };

    private static readonly Option<string?> TokenFileOption = new("--admin-token-file")
    {
        Description = $"A file that holds the token. Default: the environment variable {TokenVariable}.",
    };

    /// <summary>Adds the options, and runs the command with a client of the listener they name.</summary>
    public static void SetAdminAction(
        this Command command,
        Func<ParseResult, AdminClient, CancellationToken, Task<RemoteFault?>> run
    )
    {
        command.Add(UrlOption);
        command.Add(TokenFileOption);
        command.SetAction(
            async (arguments, cancellationToken) =>
            {
                var url = arguments.GetValue(UrlOption)!;
                var (token, fault) = ReadToken(arguments.GetValue(TokenFileOption));
                if (token is null)
                {
                    Faults.Print(fault!);
                    return ExitCodes.Fault;
                }

                // Directly: whatever proxy the environment names has no business with the token.
                if (!RemoteServer.TryCreate(url, direct: true, out var server))
                {
                    Faults.Print($"--admin-url: '{url}' is not the address of a listener; write it like http://localhost:3001.");
                    return ExitCodes.Fault;
                }

                using (server)
                {
                    return await RemoteVerb.RunAsync(() => run(arguments, new AdminClient(server, token), cancellationToken));
                }
            }
        );
    }

    // Never from a flag: other users of the machine see those.
    private static (string? Token, string? Fault) ReadToken(string? file)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } variable
                ? Check(variable, TokenVariable)
                : (null, $"The admin listener wants a token: name its file with --admin-token-file, or set {TokenVariable}.");
        }

        try
        {
            return Check(File.ReadAllText(file).Trim(), file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"--admin-token-file: {exception.Message}");
        }
    }

    private static (string? Token, string? Fault) Check(string token, string source) =>
        token.Length == 0 ? (null, $"{source} holds no token.")
        : token.All(character => character is >= ' ' and <= '~') ? (token, null)
        : (null, $"{source} holds no token that can be sent: only printable ASCII can.");
}
