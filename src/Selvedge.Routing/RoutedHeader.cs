namespace Selvedge.Routing;

/// <summary>A response header that a route or middleware set.</summary>
/// <param name="Name">The field name, lower case.</param>
/// <param name="Value">The value, substituted; never with CR, LF or NUL.</param>
/// <param name="Precedence">Who wins when the target's own answer has the header too.</param>
public readonly record struct RoutedHeader(string Name, string Value, HeaderPrecedence Precedence);
