using System.CommandLine;

namespace Selvedge.Cli.Commands.Streams;

/// <summary><c>selvedge streams rotate-key</c>: lets another key sign webhooks, and prints its name.</summary>
internal static class RotateKeyCommand
{
    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "rotate-key",
            "Let another key sign webhooks, and print its name; the one before stays published for an hour."
        );
        command.SetAdminAction(
            async (_, admin, cancellationToken) =>
            {
                var (answer, fault) = await admin.AskAsync(HttpMethod.Post, "/streams/keys", null, cancellationToken);
                using (answer)
                {
                    if (answer is not null)
                    {
                        await Console.Out.WriteLineAsync(answer.RootElement.GetProperty("kid").GetString());
                    }
                }

                return fault;
            }
        );
        return command;
    }
}
