using System.CommandLine;
using Selvedge.Cli.Output;
using Selvedge.Cli.Remote;
using Selvedge.Streams.Protocol;

namespace Selvedge.Cli.Commands.Streams;

/// <summary>What the verbs for one stream share: its name, where its server is, and how faults are told.</summary>
internal static class StreamVerb
{
    // Not a setting of the server's, which would refuse to start with one it does not know.
    private const string TokenVariable = "STREAMS_TOKEN";

    private static readonly Argument<string> NameArgument = new("NAME")
    {
        Description = "The stream's name; it may hold slashes.",
    };

    private static readonly Option<string> UrlOption = new("--url")
    {
        Description = "The server.",
        DefaultValueFactory = _ => "http://localhost:3000",
    };

    private static readonly Option<string?> TokenFileOption = new("--token-file")
    {
        Description = $"A file that holds a token of the project. Default: the environment variable {TokenVariable}, or none.",
    };

    /// <summary>The project of a stream.</summary>
    public static Option<string> ProjectOption { get; } =
        new("--project") { Description = "The stream's project.", DefaultValueFactory = _ => StreamName.DefaultProject };

    /// <summary>Declares a verb.</summary>
    /// <param name="verb">Its word.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">Its arguments after the name, and its options.</param>
    /// <param name="run">Does it; the fault, if any, is printed here.</param>
    public static Command Create(
        string verb,
        string description,
        IEnumerable<Symbol> symbols,
        Func<ParseResult, StreamClient, CancellationToken, Task<RemoteFault?>> run
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

        command.Add(UrlOption);
        command.Add(ProjectOption);
        command.Add(TokenFileOption);
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, run, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments,
        Func<ParseResult, StreamClient, CancellationToken, Task<RemoteFault?>> run,
        CancellationToken cancellationToken
    )
    {
        // 1. Which stream, and where.
        var (id, project) = (arguments.GetValue(NameArgument)!, arguments.GetValue(ProjectOption)!);
        if (!StreamName.TryCreate(project, id, out var name) || HasDotSegment(id))
        {
            Faults.Print(
                $"'{project}' and '{id}' name no stream: a project has letters, digits, _ and -; a name has up to "
                    + $"{StreamName.MaxIdBytes} bytes, no control characters, no slash in front and no segment . or .."
            );
            return ExitCodes.Fault;
        }

        var url = arguments.GetValue(UrlOption)!;
        if (!RemoteServer.TryCreate(url, direct: false, out var server))
        {
            Faults.Print($"--url: '{url}' is not the address of a server; write it like http://localhost:3000.");
            return ExitCodes.Fault;
        }

        // 2. Who asks.
        var (token, fault) = TokenInput.Read(arguments.GetValue(TokenFileOption), TokenFileOption.Name, TokenVariable);
        if (fault is not null)
        {
            Faults.Print(fault);
            return ExitCodes.Fault;
        }

        // 3. The verb.
        using (server)
        {
            return await RemoteVerb.RunAsync(() => run(arguments, new StreamClient(server, name, token), cancellationToken));
        }
    }

    // URLs cannot say them: every client takes them out before it sends.
    private static bool HasDotSegment(string id) => id.Split('/').Any(segment => segment is "." or "..");
}
