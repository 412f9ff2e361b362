namespace Selvedge.Caching.Storage;

/// <summary>One reader's way through a <see cref="ResponseBody"/>. Used by one request; not thread-safe.</summary>
public sealed class BodyReader : IDisposable
{
    private readonly ResponseBody _body;
    private readonly BodyFilling? _filling;

    internal BodyReader(ResponseBody body, BodyFilling? filling)
    {
        _body = body;
        _filling = filling;
        filling?.Join(this);
    }

    /// <summary>How much has been read, in bytes.</summary>
    internal long Position { get; set; }

    internal int Segment { get; set; }

    internal int Offset { get; set; }

    /// <summary>The next piece, as long as the body exists; empty at its end. Waits while there is none yet.</summary>
    /// <exception cref="BrokenBodyException">The body breaks off here.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) =>
        _filling is { } filling ? filling.NextAsync(this, cancellationToken) : ValueTask.FromResult(_body.PieceAt(Segment++));

    /// <summary>Ends reading.</summary>
    public void Dispose() => _filling?.Leave(this);
}
