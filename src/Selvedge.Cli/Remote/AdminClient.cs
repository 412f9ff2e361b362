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

    /// <summary>A project of the server.</summary>
    public ProjectClient Project(string name) => new(this, name);

    /// <summary>Sends an order whose answer says nothing more.</summary>
    public async Task<RemoteFault?> TellAsync(
        HttpMethod method,
        string target,
        object? order,
        CancellationToken cancellationToken
    )
    {
        using var content = order is null ? null : new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(order, Json));
        return (await server.SendAsync(method, target, content, _headers, cancellationToken)).Fault;
    }

    /// <summary>Sends an order whose answer is a JSON object.</summary>
    public async Task<(JsonDocument? Answer, RemoteFault? Fault)> AskAsync(
        HttpMethod method,
        string target,
        object? order,
        CancellationToken cancellationToken
    )
    {
        using var content = order is null ? null : new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(order, Json));
        var reply = await server.SendAsync(method, target, content, _headers, cancellationToken);
        if (reply.Fault is { } fault)
        {
            return (null, fault);
        }

        try
        {
            return (JsonDocument.Parse(reply.Body), null);
        }
        catch (JsonException)
        {
            return (
                null,
                new RemoteFault(RemoteFaultReason.Refused, $"{server.UrlOf(target)} did not answer as an admin listener does.")
            );
        }
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
