using System.Net;
using Selvedge.Caching.Origins;
using Selvedge.Routing;
using Selvedge.Server.Caching;

namespace Selvedge.Server.Proxy;

/// <summary>Reads an external origin's response for the cache.</summary>
internal static class ExternalReply
{
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
        lines.RemoveAll(line => ConnectionHeaders.Names.Contains(line.Key) || IsNamed(named, line.Key));
        KeepTrueLength(lines, incoming);

        return new OriginReply(new Exchange(incoming))
        {
            Status = (int)incoming.StatusCode,
            Fields = RoutedResponse.Govern(lines, decision),
            Body = await incoming.Content.ReadAsStreamAsync(cancellationToken),
            ContentLength =
                incoming.RequestMessage?.Method == HttpMethod.Head || incoming.Headers.TransferEncodingChunked is true
                    ? null
                    : incoming.Content.Headers.ContentLength,
        };
    }

    // Passed on once, and only where it says the truth: not beside a transfer coding (RFC 9112 section 6.3), not with a 204
    // (RFC 9110 section 8.6).
    private static void KeepTrueLength(List<KeyValuePair<string, string>> lines, HttpResponseMessage incoming)
    {
        var lengths = lines.FindAll(IsLength);
        lines.RemoveAll(IsLength);
        if (
            incoming.StatusCode is not HttpStatusCode.NoContent
            && incoming.Headers.TransferEncodingChunked is not true
            && lengths.DistinctBy(line => line.Value).ToList() is [var length]
        )
        {
            lines.Add(length);
        }

        static bool IsLength(KeyValuePair<string, string> line) =>
            line.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase);
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
