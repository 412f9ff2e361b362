using System.CommandLine;
using Selvedge.Cli.Explain;
using Selvedge.Cli.Output;
using Selvedge.Routing;
using Selvedge.Routing.Explain;
using Selvedge.Server.Configuration;

namespace Selvedge.Cli.Commands;

/// <summary><c>selvedge route DIR METHOD URL</c>: explains where a request would go, and why.</summary>
internal static class RouteCommand
{
    private static readonly Argument<string> DirectoryArgument = new("DIR")
    {
        Description = "A project's root, its .vercel/output, or a directory that holds a config.json.",
    };

    private static readonly Argument<string> MethodArgument = new("METHOD") { Description = "GET, POST …" };

    private static readonly Argument<string> UrlArgument = new("URL")
    {
        Description = "A path with query, or a whole URL if the host matters.",
    };

    private static readonly Option<string[]> HeaderOption = new("--header", "-H")
    {
        Description = "A request header, 'name: value'. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> JsonOption = new("--json") { Description = "Print the explanation as JSON." };

    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command("route", "Explain where a request would go. Nothing is run: middleware is taken to let it on.")
        {
            DirectoryArgument,
            MethodArgument,
            UrlArgument,
            HeaderOption,
            JsonOption,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (
            !ExplainedRequest.TryParse(
                arguments.GetValue(UrlArgument)!,
                arguments.GetValue(HeaderOption)!,
                out var request,
                out var fault
            )
        )
        {
            Faults.Print([fault]);
            return ExitCodes.Fault;
        }

        var (options, faults) = Settings.Load(arguments.GetValue(DirectoryArgument), new Dictionary<string, string?>());
        if (faults.Count > 0)
        {
            Faults.Print(faults);
            return ExitCodes.Fault;
        }

        var result = await Deployments.LoadAsync(options, terminal: false, cancellationToken);
        if (result.Deployment is not { } deployment)
        {
            Faults.Print(options.Directory, result.Faults);
            return ExitCodes.Fault;
        }

        var trace = new RouteTrace();
        var router = new Router(deployment.Routes, deployment.Outputs);
        var decision = await router.RouteAsync(
            request.ToRouteRequest(arguments.GetValue(MethodArgument)!.ToUpperInvariant()),
            new PassingMiddleware(),
            trace,
            cancellationToken
        );
        if (arguments.GetValue(JsonOption))
        {
            Explanation.PrintJson(trace, decision);
        }
        else
        {
            Explanation.Print(trace, decision);
        }

        return ExitCodes.Success;
    }
}
