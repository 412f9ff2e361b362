using System.Collections.Frozen;
using Selvedge.Caching.Origins;
using Selvedge.Routing;
using Selvedge.Server.Caching;

namespace Selvedge.Server.Proxy;

/// <summary>Reads an external origin's response for the cache.</summary>
internal static class ExternalReply
{
    // Of one connection only (RFC 9110 section 7.6.1, RFC 9111 section 3.1).
    private static readonly FrozenSet<string> HopByHop = new[]
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authentication-info",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The response; it is disposed with the reply.</summary>
    public static async Task<OriginReply> FromAsync(
        HttpResponseMessage incoming,
        RouteDecision decision,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<KeyValuePair<string, string>>();
        Add(lines, incoming.Headers);
        Add(lines, incoming.Content.Headers);
        var named = Selvedge.Caching.Fields.FieldLines.Combined(lines, "connection");
        lines.RemoveAll(line => HopByHop.Contains(line.Key) || IsNamed(named, line.Key));

        return new OriginReply(new Exchange(incoming))
        {
            Status = (int)incoming.StatusCode,
            Fields = RoutedResponse.Govern(lines, decision),
            Body = await incoming.Content.ReadAsStreamAsync(cancellationToken),
            ContentLength = incoming.RequestMessage?.Method == HttpMethod.Head ? null : incoming.Content.Headers.ContentLength,
        };
    }

    private static void Add(List<KeyValuePair<string, string>> lines, System.Net.Http.Headers.HttpHeaders headers)
    {
        foreach (var header in headers.NonValidated)
        {
            foreach (var value in header.Value)
            {
                lines.Add(new(header.Key, value));
            }
        }
    }

    private static bool IsNamed(string? connection, string name) =>
        connection is not null
        && connection.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);

    private sealed class Exchange(HttpResponseMessage response) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            response.RequestMessage?.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
