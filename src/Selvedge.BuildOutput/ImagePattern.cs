namespace Selvedge.BuildOutput;

/// <summary>Which images may be optimised. Every part that is given must match.</summary>
/// <param name="Protocol"><c>http</c> or <c>https</c>, exact.</param>
/// <param name="Hostname">A regular expression over the host.</param>
/// <param name="Port">The port, exact; empty means the default port.</param>
/// <param name="Pathname">A regular expression over the path.</param>
/// <param name="Search">The query with its question mark, exact; empty means none.</param>
public sealed record ImagePattern(string? Protocol, string? Hostname, string? Port, string? Pathname, string? Search);
