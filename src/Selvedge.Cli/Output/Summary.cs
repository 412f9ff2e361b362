using Selvedge.BuildOutput;
using Spectre.Console;

namespace Selvedge.Cli.Output;

/// <summary>Says what is being served and where, when a server has started.</summary>
internal static class Summary
{
    /// <summary>Prints it: for a person on a terminal, plain lines for everybody else.</summary>
    public static void Print(Deployment deployment, IReadOnlyCollection<string> addresses, bool terminal)
    {
        if (terminal)
        {
            PrintForPeople(deployment, addresses);
        }
        else
        {
            foreach (var line in Counts(deployment))
            {
                Console.Out.WriteLine($"{line.What}: {line.Value}");
            }

            foreach (var address in addresses)
            {
                Console.Out.WriteLine($"Listening on {address}");
            }
        }

        foreach (var warning in Warnings(deployment))
        {
            Console.Error.WriteLine($"selvedge: {warning}");
        }
    }

    private static void PrintForPeople(Deployment deployment, IReadOnlyCollection<string> addresses)
    {
        var grid = new Grid().AddColumn(new GridColumn().PadLeft(2).PadRight(3)).AddColumn();
        foreach (var (what, value) in Counts(deployment))
        {
            grid.AddRow($"[grey]{what}[/]", Markup.Escape(value));
        }

        foreach (var address in addresses)
        {
            grid.AddRow("[grey]Open[/]", $"[bold green]{Markup.Escape(address)}[/]");
        }

        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine("  [bold]Selvedge[/] [grey]serves your build[/]");
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
