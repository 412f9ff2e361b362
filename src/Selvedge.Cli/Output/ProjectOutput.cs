using System.Text.Json;

namespace Selvedge.Cli.Output;

/// <summary>Prints projects.</summary>
internal static class ProjectOutput
{
    /// <summary>Prints one, a line for each thing there is to know.</summary>
    public static void Print(JsonElement project)
    {
        Console.Out.WriteLine($"Project: {Text(project, "name")}");
        Console.Out.WriteLine($"Made: {Text(project, "createdAt")}");
        Console.Out.WriteLine($"Privacy: {Privacy(project)}");
        Console.Out.WriteLine($"Origins: {Origins(project)}");
        foreach (var secret in project.GetProperty("signingSecrets").EnumerateArray())
        {
            Console.Out.WriteLine($"Secret: {Text(secret, "id")}\t{Text(secret, "createdAt")}");
        }
    }

    /// <summary>Prints one on a line: name, privacy, number of secrets and origins, separated by tabs.</summary>
    public static void PrintLine(JsonElement project)
    {
        var secrets = project.GetProperty("signingSecrets").GetArrayLength();
        Console.Out.WriteLine($"{Text(project, "name")}\t{Privacy(project)}\t{secrets}\t{Origins(project)}");
    }

    private static string Privacy(JsonElement project) => project.GetProperty("isPublic").GetBoolean() ? "public" : "private";

    private static string Origins(JsonElement project) =>
        string.Join(' ', project.GetProperty("corsOrigins").EnumerateArray().Select(origin => origin.GetString()));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
