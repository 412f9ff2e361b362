using Selvedge.Cli.Remote;
using Selvedge.Streams.Protocol;

namespace Selvedge.Cli.Output;

/// <summary>Prints pages of a stream: bytes as they are, JSON messages one a line.</summary>
internal sealed class StreamOutput : IAsyncDisposable
{
    private readonly Stream _stream;

    private StreamOutput(Stream stream) => _stream = stream;

    /// <summary>Opens standard output.</summary>
    public static StreamOutput Open() => new(StandardOutput.Open());

    /// <summary>Prints what an answer carries.</summary>
    /// <returns>False when nobody reads any more.</returns>
    public bool TryWrite(RemoteReply page)
    {
        if (page.Body.Length == 0)
        {
            return true;
        }

        var isJson = page.ContentType is { } type && MediaType.IsJson(type);
        try
        {
            _stream.Write(isJson ? JsonLines.Of(page.Body) : page.Body);
            return true;
        }
        catch (IOException exception) when (StandardOutput.IsReaderGone(exception))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
