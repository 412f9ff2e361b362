using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands.Streams;

/// <summary><c>selvedge streams ls [PREFIX]</c>: lists the streams of a running server.</summary>
internal static class ListCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Argument<string> PrefixArgument = new("PREFIX")
    {
        Description = "What their names begin with.",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<bool> JsonOption = new("--json") { Description = "Print a JSON object a line." };

    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command("ls", "List streams: name, bytes, type, and whether open or closed, separated by tabs.")
        {
            PrefixArgument,
            JsonOption,
            StreamVerb.ProjectOption,
        };
        command.SetAdminAction(RunAsync);
        return command;
    }

    private static async Task<RemoteFault?> RunAsync(
        ParseResult arguments,
        AdminClient admin,
        CancellationToken cancellationToken
    )
    {
        var project = arguments.GetValue(StreamVerb.ProjectOption)!;
        var prefix = arguments.GetValue(PrefixArgument)!;
        var json = arguments.GetValue(JsonOption);
        for (var after = ""; ; )
        {
            var (page, fault) = await admin.ListStreamsAsync(project, prefix, after, cancellationToken);
            if (page is null)
            {
                return fault;
            }

            foreach (var stream in page.Streams)
            {
                await Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(stream, Json) : Line(stream));
            }

            if (page.Next is null)
            {
                return null;
            }

            after = page.Next;
        }
    }

    private static string Line(ListedStream stream) =>
        $"{stream.Name}\t{stream.Length}\t{stream.ContentType}\t{(stream.Closed ? "closed" : "open")}";
}
