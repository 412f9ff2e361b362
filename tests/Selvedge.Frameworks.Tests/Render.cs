using System.Text.RegularExpressions;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>Tells one rendering of a page from the next: every app's pages carry a random mark.</summary>
internal static partial class Render
{
    /// <summary>The mark in an answer.</summary>
    public static string Of(HttpAnswer answer) => Mark().Match(answer.Body).Groups[1].Value;

    /// <summary>What an edge says of an answer, and which rendering it is.</summary>
    public static (string? Verdict, string Mark) See(HttpAnswer answer) => (answer["x-vercel-cache"], Of(answer));

    // In HTML after a colon, in JSON as a property.
    [GeneratedRegex("render(?::|\\\\?\":\\\\?\")([0-9a-f-]{36})")]
    private static partial Regex Mark();
}
