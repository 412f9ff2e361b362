namespace Selvedge.Functions.Invocations;

/// <summary>
/// A response's body on its way from a process. It holds the invocation until it is read to its end or disposed, whichever is first.
/// </summary>
internal sealed class FunctionBody(Stream body, HttpResponseMessage message, Invocation invocation) : Stream
{
    private bool _complete;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_complete)
        {
            return 0;
        }

        // A read that is given up gives the response up, for HTTP/1.1 has no other way to stop one.
        using var abandon = cancellationToken.UnsafeRegister(static state => ((Invocation)state!).Abandon(), invocation);
        try
        {
            var count = await body.ReadAsync(buffer, invocation.Aborted);
            if (count == 0 && buffer.Length > 0)
            {
                _complete = true;
                invocation.Dispose();
            }

            return count;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A function's body is read asynchronously: nothing may block on a function.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _complete = true;
            // Closes the connection unless the body was read to its end; the function sees its client go away.
            message.Dispose();
            invocation.Dispose();
        }

        base.Dispose(disposing);
    }

    private FunctionBodyException Explain(Exception exception)
    {
        var failure = invocation.Aborted.IsCancellationRequested
            ? invocation.ExplainAbort()
            : new(
                FunctionFailureReason.NoResponse,
                $"{invocation.Function.Name} broke its response off in the middle of the body."
            );
        return new(failure.Reason, failure.Detail, exception);
    }
}
