namespace Selvedge.Routing.Patterns;

/// <summary>A regular expression of JavaScript's dialect, rewritten for .NET.</summary>
/// <param name="Text">
/// The rewritten expression. Every capturing group bears its number in the order of its opening parenthesis, since .NET on its own
/// numbers named groups after all others.
/// </param>
/// <param name="GroupNames">The names of the groups from number 1 on; <see langword="null"/> for those without.</param>
/// <param name="NeedsBacktracking">Whether it uses what the linear-time engine cannot do: lookaround or backreferences.</param>
internal sealed record JsPattern(string Text, IReadOnlyList<string?> GroupNames, bool NeedsBacktracking);
