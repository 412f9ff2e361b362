using System.Diagnostics.CodeAnalysis;
using Selvedge.Routing;
using Selvedge.Server.Configuration;

namespace Selvedge.Cli.Explain;

/// <summary>A request as a command line describes it.</summary>
internal sealed class ExplainedRequest(
    string scheme,
    string host,
    string path,
    string query,
    IReadOnlyDictionary<string, string> headers
) : IRequestHeaders
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => headers.Keys;

    /// <summary>Reads the URL and the <c>name: value</c> headers.</summary>
    public static bool TryParse(
        string url,
        IReadOnlyList<string> headerLines,
        [NotNullWhen(true)] out ExplainedRequest? request,
        [NotNullWhen(false)] out SettingFault? fault
    )
    {
        request = null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in headerLines)
        {
            var colon = line.IndexOf(':');
            if (colon < 1)
            {
                fault = new SettingFault("--header", $"'{line}' is not of the form 'name: value'.");
                return false;
            }

            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        if (!Uri.TryCreate(new Uri("https://localhost"), url, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            fault = new SettingFault("URL", $"'{url}' is neither a path nor an http URL.");
            return false;
        }

        var host = headers.TryGetValue("host", out var named) ? named.Split(':')[0] : uri.Host;
        request = new ExplainedRequest(uri.Scheme, host.ToLowerInvariant(), uri.AbsolutePath, uri.Query.TrimStart('?'), headers);
        fault = null;
        return true;
    }

    /// <inheritdoc/>
    public string? Get(string name) => headers.GetValueOrDefault(name);

    /// <summary>The request as routing sees it.</summary>
    public RouteRequest ToRouteRequest(string method) =>
        new()
        {
            Method = method,
            Path = path,
            Query = query,
            Scheme = scheme,
            Host = host,
            Headers = this,
        };
}
