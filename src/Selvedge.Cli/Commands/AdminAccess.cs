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
                var (token, fault) = TokenInput.Read(arguments.GetValue(TokenFileOption), TokenFileOption.Name, TokenVariable);
                if (token is null)
                {
                    Faults.Print(
                        fault
                            ?? $"The admin listener wants a token: name its file with {TokenFileOption.Name}, or set {TokenVariable}."
                    );
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
}
