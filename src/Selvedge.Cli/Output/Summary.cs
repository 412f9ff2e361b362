using Selvedge.BuildOutput;
using Selvedge.Functions.Runtimes;
using Selvedge.Server.Hosting;
using Selvedge.Server.Streams;
using Spectre.Console;

namespace Selvedge.Cli.Output;

/// <summary>Says what is being served and where, when a server has started.</summary>
internal static class Summary
{
    /// <summary>Prints it: for a person on a terminal, plain lines for everybody else.</summary>
    /// <param name="deployment">What is served; <see langword="null"/> for streams only.</param>
    /// <param name="node">What its functions run on; <see langword="null"/> if it has none.</param>
    /// <param name="server">The server, started.</param>
    /// <param name="terminal">Whether a person is looking.</param>
    public static void Print(Deployment? deployment, NodeRuntime? node, SelvedgeServer server, bool terminal)
    {
        var lines = deployment is null ? [] : Counts(deployment).ToList();
        if (node is not null)
        {
            lines.Add(("Node.js", $"{node.Version} ({node.Path})"));
        }

        lines.Add(("Streams", Describe(server.Streams)));
        if (server.Http2Addresses.Count > 0)
        {
            lines.Add(("HTTP/2", string.Join(", ", server.Http2Addresses)));
        }

        if (terminal)
        {
            PrintForPeople(lines, server.Addresses);
        }
        else
        {
            PrintPlainly(lines);
            foreach (var address in server.Addresses)
            {
                Console.Out.WriteLine($"Listening on {address}");
            }
        }

        foreach (var warning in deployment is null ? [] : Warnings(deployment))
        {
            Console.Error.WriteLine($"selvedge: {warning}");
        }
    }

    /// <summary>Prints what a deployment holds, in numbers.</summary>
    public static void PrintCounts(Deployment deployment)
    {
        PrintPlainly(Counts(deployment));
        foreach (var warning in Warnings(deployment))
        {
            Console.Error.WriteLine($"selvedge: {warning}");
        }
    }

    private static string Describe(StreamState streams) =>
        streams switch
        {
            StreamState.Guarded => "on, for those with a token (selvedge projects)",
            StreamState.Open => "on, for everybody who reaches them (Streams:Auth is none)",
            StreamState.Dormant => "off until there is a project (selvedge projects create)",
            _ => "off",
        };

    private static void PrintPlainly(IEnumerable<(string What, string Value)> lines)
    {
        foreach (var (what, value) in lines)
        {
            Console.Out.WriteLine($"{what}: {value}");
        }
    }

    private static void PrintForPeople(List<(string What, string Value)> lines, IReadOnlyCollection<string> addresses)
    {
        var grid = new Grid().AddColumn(new GridColumn().PadLeft(2).PadRight(3)).AddColumn();
        foreach (var (what, value) in lines)
        {
            grid.AddRow($"[grey]{what}[/]", Markup.Escape(value));
        }

        foreach (var address in addresses)
        {
            grid.AddRow("[grey]Open[/]", $"[bold green]{Markup.Escape(address)}[/]");
        }

        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine("  [bold]Selvedge[/]");
        AnsiConsole.WriteLine();
        AnsiConsole.Write(grid);
        AnsiConsole.WriteLine();
    }

    private static IEnumerable<(string What, string Value)> Counts(Deployment deployment)
    {
        yield return ("Deployment", deployment.Id);
        if (deployment.Framework is { } framework)
        {
            yield return ("Framework", $"{framework.Slug} {framework.Version}".Trim());
        }

        yield return ("Routes", deployment.Routes.Count.ToString());
        yield return ("Static files", deployment.StaticAssets.Count.ToString());
        yield return ("Functions", $"{deployment.Functions.Count} paths, {deployment.Bundles.Count} bundles");
        yield return ("Prerenders", deployment.Prerenders.Count.ToString());
    }

    private static IEnumerable<string> Warnings(Deployment deployment)
    {
        foreach (var warning in deployment.Warnings)
        {
            yield return warning;
        }

        if (deployment.UnknownKeys.Count > 0)
        {
            yield return $"keys that mean nothing here: {string.Join(", ", deployment.UnknownKeys)}";
        }

        foreach (var bundle in deployment.Bundles)
        {
            if (bundle.Config.Kind is FunctionKind.Other)
            {
                yield return $"function {bundle.Name} needs the runtime {bundle.Config.Runtime}; requests to it are refused with 501";
            }
        }
    }
}
