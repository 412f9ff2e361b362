using System.Net.Http.Headers;

namespace Selvedge.Cli.Remote;

/// <summary>A server's answer, read whole, or why there is none.</summary>
internal sealed class RemoteReply
{
    private readonly HttpResponseHeaders? _headers;

    /// <summary>Makes the reply of a request that failed.</summary>
    public RemoteReply(RemoteFault fault) => Fault = fault;

    /// <summary>Makes the reply of a request that succeeded.</summary>
    public RemoteReply(HttpResponseMessage response, byte[] body)
    {
        _headers = response.Headers;
        ContentType = response.Content.Headers.ContentType?.ToString();
        Body = body;
    }

    /// <summary>What went wrong; <see langword="null"/> if nothing did.</summary>
    public RemoteFault? Fault { get; }

    /// <summary>The body; empty after a fault.</summary>
    public byte[] Body { get; } = [];

    /// <summary>The type of the body, or of what a HEAD asked about.</summary>
    public string? ContentType { get; }

    /// <summary>A header's value; <see langword="null"/> if it was not sent.</summary>
    public string? this[string header] =>
        _headers is not null && _headers.TryGetValues(header, out var values) ? string.Join(", ", values) : null;
}
