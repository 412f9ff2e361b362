using Selvedge.BuildOutput;
using Selvedge.Server.Configuration;

namespace Selvedge.Cli.Output;

/// <summary>Prints what keeps the command from doing what it was asked: all of it, one fault a line, on the error stream.</summary>
internal static class Faults
{
    /// <summary>Prints faulty settings.</summary>
    public static void Print(IReadOnlyList<SettingFault> faults)
    {
        Head(faults.Count, "in the settings");
        foreach (var fault in faults)
        {
            Console.Error.WriteLine($"  {fault.Key}: {fault.Message}");
        }
    }

    /// <summary>Prints what is wrong with a build output.</summary>
    public static void Print(string directory, IReadOnlyList<BuildOutputFault> faults)
    {
        Head(faults.Count, $"in the build output of {Path.GetFullPath(directory)}");
        foreach (var fault in faults)
        {
            var where = fault.Key.Length == 0 ? fault.File : $"{fault.File}, {fault.Key}";
            Console.Error.WriteLine($"  {where}: {fault.Message}");
        }
    }

    /// <summary>Prints the one thing that is wrong.</summary>
    public static void Print(string sentence) => Console.Error.WriteLine($"selvedge: {sentence}");

    private static void Head(int count, string where) =>
        Console.Error.WriteLine(count == 1 ? $"selvedge: one fault {where}" : $"selvedge: {count} faults {where}");
}
