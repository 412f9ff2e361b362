namespace Selvedge.Caching.Storage;

/// <summary>One reader's way through a <see cref="ResponseBody"/>. Used by one request; not thread-safe.</summary>
public sealed class BodyReader : IDisposable
{
    private readonly ResponseBody _body;

    internal BodyReader(ResponseBody body) => _body = body;

    /// <summary>How much has been read, in bytes.</summary>
    internal long Position { get; set; }

    internal int Segment { get; set; }

    internal int Offset { get; set; }

    /// <summary>The next piece, as long as the body exists; empty at its end. Waits while there is none yet.</summary>
    /// <exception cref="BrokenBodyException">The body breaks off here.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) =>
        _body.NextAsync(this, cancellationToken);

    /// <summary>Ends reading.</summary>
    public void Dispose() => _body.Leave(this);
}
