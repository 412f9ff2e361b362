namespace Selvedge.Routing;

/// <summary>Something wrong in a route table as it was written.</summary>
/// <param name="Key">Where: <c>routes[3].src</c>.</param>
/// <param name="Message">What is wrong and what to do, one sentence.</param>
public readonly record struct RouteFault(string Key, string Message);
