namespace Selvedge.Routing.Patterns;

/// <summary>A pattern is not a regular expression. Caught where patterns are compiled; never leaves this folder.</summary>
/// <param name="message">What is wrong, one sentence.</param>
internal sealed class PatternFormatException(string message) : Exception(message);
