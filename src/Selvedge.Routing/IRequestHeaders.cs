namespace Selvedge.Routing;

/// <summary>The request headers as the client sent them, after admission removed what clients may never send.</summary>
/// <remarks>
/// The server reads them from its connection without copying; tests and <c>selvedge route</c> read them from a dictionary.
/// </remarks>
public interface IRequestHeaders
{
    /// <summary>Finds a header. Several lines of one name are joined by <c>", "</c> (cookies by <c>"; "</c>).</summary>
    /// <param name="name">The field name, in any case.</param>
    /// <returns>The value, or <see langword="null"/> if the request has no such header.</returns>
    string? Get(string name);

    /// <summary>The names the request carries, each once.</summary>
    IEnumerable<string> Names { get; }
}
