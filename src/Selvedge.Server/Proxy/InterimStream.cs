using Selvedge.Server.Answers;

namespace Selvedge.Server.Proxy;

/// <summary>A connection to an origin; looks at the beginning of what answers a request, and changes nothing.</summary>
/// <param name="inner">The connection.</param>
/// <param name="current">Who is to be shown the interim responses to what is being written.</param>
internal sealed class InterimStream(Stream inner, Func<InterimResponses?> current) : Stream
{
    private InterimResponses? _request;
    private InterimHeads? _heads;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        // Asked now and not before: a connection at rest is read from before its next request is written.
        if (count > 0 && _heads is { } heads && !heads.Add(buffer.Span[..count]))
        {
            _heads = null;
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The first bytes of a request come with somebody new; what follows of it does not.
        if (current() is var request && !ReferenceEquals(request, _request))
        {
            _request = request;
            _heads = request is null ? null : new InterimHeads(request);
        }

        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
