using System.Text.Json;

namespace Selvedge.Cli.Remote;

/// <summary>The admin listener of a running server.</summary>
internal sealed class AdminClient(RemoteServer server, string token)
{
    private const int PageLength = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly (string Name, string Value)[] _headers = [("Authorization", $"Bearer {token}")];

    /// <summary>Purges the cache; a reply without fault says that it holds.</summary>
    public async Task<RemoteFault?> PurgeAsync(PurgeRequest request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, Json));
        content.Headers.ContentType = new("application/json");
        return (await server.SendAsync(HttpMethod.Post, "/cache/purge", content, _headers, cancellationToken)).Fault;
    }

    /// <summary>Lists a page of a project's streams, in the order of their names.</summary>
    /// <param name="project">The project.</param>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="after">The name after which the page begins; empty for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(StreamListPage? Page, RemoteFault? Fault)> ListStreamsAsync(
        string project,
        string prefix,
        string after,
        CancellationToken cancellationToken
    )
    {
        var target =
            $"/streams?project={Uri.EscapeDataString(project)}&prefix={Uri.EscapeDataString(prefix)}"
            + $"&after={Uri.EscapeDataString(after)}&limit={PageLength}";
        var reply = await server.SendAsync(HttpMethod.Get, target, content: null, _headers, cancellationToken);
        if (reply.Fault is { } fault)
        {
            return (null, fault);
        }

        try
        {
            if (JsonSerializer.Deserialize<StreamListPage>(reply.Body, Json) is { Streams: not null } page)
            {
                return (page, null);
            }
        }
        catch (JsonException)
        {
            // Said below, as for JSON of another shape.
        }

        return (null, new RemoteFault(RemoteFaultReason.Refused, $"{server.UrlOf("/streams")} is no list of streams."));
    }
}
