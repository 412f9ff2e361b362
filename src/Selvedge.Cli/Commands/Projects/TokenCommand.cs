using System.CommandLine;

namespace Selvedge.Cli.Commands.Projects;

/// <summary><c>selvedge projects token NAME</c>: makes a token, and prints it.</summary>
internal static class TokenCommand
{
    private static readonly Option<string> ScopeOption = CreateScope();

    private static readonly Option<string?> StreamOption = new("--stream")
    {
        Description = "The one stream it is for. Default: every stream of the project.",
    };

    private static readonly Option<long> SecondsOption = new("--seconds")
    {
        Description = "How long it lasts. Default: an hour.",
        DefaultValueFactory = _ => 3600,
    };

    /// <summary>Declares the command.</summary>
    public static Command Create() =>
        ProjectVerb.Create(
            "token",
            "Make a token of a project, and print it.",
            [ScopeOption, StreamOption, SecondsOption],
            async (arguments, project, cancellationToken) =>
            {
                var order = new
                {
                    scope = arguments.GetValue(ScopeOption),
                    stream = arguments.GetValue(StreamOption),
                    seconds = arguments.GetValue(SecondsOption),
                };
                var (answer, fault) = await project.AskAsync(HttpMethod.Post, "token", order, cancellationToken);
                using (answer)
                {
                    if (answer is not null)
                    {
                        await Console.Out.WriteLineAsync(answer.RootElement.GetProperty("token").GetString());
                    }
                }

                return fault;
            }
        );

    private static Option<string> CreateScope()
    {
        var option = new Option<string>("--scope")
        {
            Description = "read, write (reads too) or manage (the project's configuration too). Default: read.",
            DefaultValueFactory = _ => "read",
        };
        option.AcceptOnlyFromAmong("read", "write", "manage");
        return option;
    }
}
