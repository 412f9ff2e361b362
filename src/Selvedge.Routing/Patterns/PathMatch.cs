using System.Text.RegularExpressions;

namespace Selvedge.Routing.Patterns;

/// <summary>What a pattern captured of a path.</summary>
/// <param name="text">The text that matched: the path, or the path without its leading slash.</param>
/// <param name="match">The engine's match, where an engine ran and groups were asked for.</param>
/// <param name="restStart">Where the only group begins, where no engine ran; negative if there is no group.</param>
internal readonly struct PathMatch(string text, Match? match, int restStart)
{
    /// <summary>A group's text; group 0 is all of it. <see langword="null"/> if the group took no part.</summary>
    public string? Group(int number)
    {
        if (number == 0)
            return text;
        if (match is not null)
            return match.Groups[number] is { Success: true } group ? group.Value : null;
        return number == 1 && restStart >= 0 ? text[restStart..] : null;
    }
}
