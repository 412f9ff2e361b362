namespace Selvedge.Routing.Patterns;

/// <summary>A text that matches of a pattern may begin with.</summary>
/// <param name="Text">The text, as written.</param>
/// <param name="IsOpen">Whether what follows in the pattern follows the text directly.</param>
internal readonly record struct PatternPrefix(string Text, bool IsOpen);
