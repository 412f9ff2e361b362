using Selvedge.Cli.Doctor;
using Spectre.Console;

namespace Selvedge.Cli.Output;

/// <summary>Prints what <c>selvedge doctor</c> has found: one finding a line.</summary>
internal static class Findings
{
    /// <summary>Prints all findings; with colours on a terminal.</summary>
    public static void Print(IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Check.Length);
        var terminal = AnsiConsole.Profile.Out.IsTerminal;
        foreach (var finding in findings)
        {
            var (word, colour) = finding.Verdict switch
            {
                Verdict.Ok => ("ok     ", "green"),
                Verdict.Warning => ("warning", "yellow"),
                _ => ("fault  ", "red"),
            };
            var check = finding.Check.PadRight(width);
            if (terminal)
            {
                AnsiConsole.MarkupLine($"[{colour}]{word}[/]  [bold]{check}[/]  {Markup.Escape(finding.Message)}");
            }
            else
            {
                Console.Out.WriteLine($"{word}  {check}  {finding.Message}");
            }
        }
    }
}
