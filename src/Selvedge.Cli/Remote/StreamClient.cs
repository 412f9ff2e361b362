using Selvedge.Streams.Protocol;

namespace Selvedge.Cli.Remote;

/// <summary>One stream of a running server, by the Durable Streams Protocol.</summary>
/// <param name="server">The server.</param>
/// <param name="name">The stream.</param>
/// <param name="token">What is shown to be let in; <see langword="null"/> where nobody is asked.</param>
internal sealed class StreamClient(RemoteServer server, StreamName name, string? token)
{
    private readonly (string Name, string Value)[] _headers = token is null ? [] : [("Authorization", $"Bearer {token}")];

    private readonly string _target =
        StreamName.MountOf(name.Project) + string.Join('/', name.Id.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The stream's URL.</summary>
    public Uri Url => server.UrlOf(_target);

    /// <summary>Makes the stream, or confirms that it is there.</summary>
    /// <param name="contentType">Its type; <see langword="null"/> leaves it to the server.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RemoteReply> CreateAsync(string? contentType, CancellationToken cancellationToken) =>
        server.SendAsync(HttpMethod.Put, _target, Body(default, contentType), _headers, cancellationToken);

    /// <summary>Asks for the stream's type. A fault of this answer has no sentence of the server's.</summary>
    public Task<RemoteReply> DescribeAsync(CancellationToken cancellationToken) =>
        server.SendAsync(HttpMethod.Head, _target, content: null, _headers, cancellationToken);

    /// <summary>Adds bytes, closes the stream, or both at once.</summary>
    public Task<RemoteReply> AppendAsync(
        ReadOnlyMemory<byte> content,
        string? contentType,
        bool close,
        CancellationToken cancellationToken
    ) =>
        server.SendAsync(
            HttpMethod.Post,
            _target,
            Body(content, contentType),
            close ? [.. _headers, (StreamHeaders.Closed, "true")] : _headers,
            cancellationToken
        );

    /// <summary>Reads a page of what is there.</summary>
    public Task<RemoteReply> ReadAsync(string offset, CancellationToken cancellationToken) =>
        GetAsync($"?offset={Uri.EscapeDataString(offset)}", cancellationToken);

    /// <summary>Reads a page, or waits until there is one or the server has waited long enough (a long-poll).</summary>
    public Task<RemoteReply> PollAsync(string offset, string? cursor, CancellationToken cancellationToken) =>
        GetAsync(
            $"?offset={Uri.EscapeDataString(offset)}&live=long-poll"
                + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"),
            cancellationToken
        );

    /// <summary>Deletes the stream.</summary>
    public Task<RemoteReply> DeleteAsync(CancellationToken cancellationToken) =>
        server.SendAsync(HttpMethod.Delete, _target, content: null, _headers, cancellationToken);

    /// <summary>The fault of an answer that says no position.</summary>
    public RemoteFault NotAStream() =>
        new(RemoteFaultReason.Refused, $"{Url} did not answer as a stream does: {StreamHeaders.NextOffset} is missing.");

    private Task<RemoteReply> GetAsync(string query, CancellationToken cancellationToken) =>
        server.SendAsync(HttpMethod.Get, _target + query, content: null, _headers, cancellationToken);

    private static ReadOnlyMemoryContent Body(ReadOnlyMemory<byte> content, string? contentType)
    {
        var body = new ReadOnlyMemoryContent(content);
        if (contentType is not null)
        {
            // The server judges what a type is, and says so in its own words.
            body.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return body;
    }
}
