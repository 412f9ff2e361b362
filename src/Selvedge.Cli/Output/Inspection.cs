using Selvedge.BuildOutput;
using Spectre.Console;

namespace Selvedge.Cli.Output;

/// <summary>Prints a deployment's outputs as a table.</summary>
internal static class Inspection
{
    /// <summary>Prints it.</summary>
    public static void Print(Deployment deployment)
    {
        Summary.PrintCounts(deployment);
        var table = new Table().Border(TableBorder.Minimal).AddColumns("Path", "Answered by", "Detail");
        foreach (var asset in deployment.StaticAssets)
        {
            Add(table, asset.OutputPath, "static", $"{asset.ContentType}, {asset.Length:N0} bytes");
        }

        foreach (var function in deployment.Functions)
        {
            Add(table, function.OutputPath, "function", Describe(function.OutputPath, function.Bundle));
        }

        foreach (var prerender in deployment.Prerenders)
        {
            var expiration = prerender.Config.Expiration is { } time ? $"every {time.TotalSeconds:N0} s" : "kept for good";
            Add(table, prerender.OutputPath, "prerender", $"{expiration}, {Describe(prerender.OutputPath, prerender.Bundle)}");
        }

        AnsiConsole.Write(table);
    }

    private static string Describe(string outputPath, FunctionBundle bundle) =>
        outputPath == $"/{bundle.Name}" ? bundle.Config.Runtime : $"{bundle.Config.Runtime}, bundle {bundle.Name}";

    private static void Add(Table table, string path, string kind, string detail) =>
        table.AddRow(Markup.Escape(path), kind, Markup.Escape(detail));
}
