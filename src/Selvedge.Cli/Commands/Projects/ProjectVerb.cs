using System.CommandLine;
using System.Text.Json;
using Selvedge.Cli.Output;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands.Projects;

/// <summary>What the verbs for one project share: its name, and how it is printed.</summary>
internal static class ProjectVerb
{
    private static readonly Argument<string> NameArgument = new("NAME")
    {
        Description = "The project: letters, digits, _ and -. _default is the one of /v1/stream/….",
    };

    /// <summary>Declares a verb.</summary>
    /// <param name="verb">Its word.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">Its arguments after the name, and its options.</param>
    /// <param name="run">Does it; the fault, if any, is printed here.</param>
    public static Command Create(
        string verb,
        string description,
        IEnumerable<Symbol> symbols,
        Func<ParseResult, ProjectClient, CancellationToken, Task<RemoteFault?>> run
    )
    {
        var command = new Command(verb, description) { NameArgument };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.SetAdminAction(
            (arguments, admin, cancellationToken) =>
                run(arguments, admin.Project(arguments.GetValue(NameArgument)!), cancellationToken)
        );
        return command;
    }

    /// <summary>Prints a project that an answer describes, or says what went wrong.</summary>
    public static RemoteFault? Print(JsonDocument? project, RemoteFault? fault)
    {
        using (project)
        {
            if (project is not null)
            {
                ProjectOutput.Print(project.RootElement);
            }
        }

        return fault;
    }
}
