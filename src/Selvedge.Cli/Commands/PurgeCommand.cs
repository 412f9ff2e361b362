using System.CommandLine;
using Selvedge.Cli.Remote;

namespace Selvedge.Cli.Commands;

/// <summary><c>selvedge purge [URL…]</c>: takes answers out of a running server's cache.</summary>
internal static class PurgeCommand
{
    private static readonly Argument<string[]> UrlsArgument = new("URL")
    {
        Description = "Absolute URLs as clients write them, with the query.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> PrefixOption = new("--prefix")
    {
        Description = "What absolute URLs begin with. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> TagOption = new("--tag")
    {
        Description = "A tag of Vercel-Cache-Tag. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> AllOption = new("--all") { Description = "Everything." };

    private static readonly Option<bool> SoftOption = new("--soft")
    {
        Description = "Keep it as stale: the next request gets it and starts a refresh. Default: it is gone.",
    };

    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command("purge", "Purge a running server's cache; returns when the purge holds.")
        {
            UrlsArgument,
            PrefixOption,
            TagOption,
            AllOption,
            SoftOption,
        };
        command.SetAdminAction(
            (arguments, admin, cancellationToken) =>
                admin.PurgeAsync(
                    new PurgeRequest(
                        arguments.GetValue(UrlsArgument)!,
                        arguments.GetValue(PrefixOption)!,
                        arguments.GetValue(TagOption)!,
                        arguments.GetValue(AllOption),
                        arguments.GetValue(SoftOption)
                    ),
                    cancellationToken
                )
        );
        return command;
    }
}
