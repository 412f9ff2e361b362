using Microsoft.AspNetCore.Http;
using Selvedge.Routing;

namespace Selvedge.Server.Admission;

/// <summary>Shows routing the headers of a connection's request without copying them.</summary>
internal sealed class HttpRequestHeaders(IHeaderDictionary headers) : IRequestHeaders
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => headers.Keys;

    /// <inheritdoc/>
    public string? Get(string name)
    {
        var values = headers[name];
        return values.Count switch
        {
            0 => null,
            1 => values[0],
            // HTTP/2 lets a client split its cookies; everything else joins as lists do (RFC 9113 section 8.2.3).
            _ => string.Join(name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values.ToArray()),
        };
    }
}
