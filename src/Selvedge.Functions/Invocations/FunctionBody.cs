using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Invocations;

/// <summary>
/// A response's body on its way from a process. It holds the invocation until it is read to its end or disposed, whichever is first.
/// </summary>
internal sealed class FunctionBody(Transfer transfer, Invocation invocation) : Stream
{
    private bool _ended;

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
        if (_ended)
        {
            return 0;
        }

        // A read that is given up gives the response up, for HTTP/1.1 has no other way to stop one.
        using var abandon = cancellationToken.UnsafeRegister(static state => ((Invocation)state!).Abandon(), invocation);
        try
        {
            var count = await transfer.ReadAsync(buffer);
            if (transfer.IsComplete)
            {
                await EndAsync();
            }

            return count;
        }
        catch (Exception exception) when (Transfer.IsFailure(exception))
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

    /// <summary>Closes the connection unless the body was read to its end; the function sees its client go away.</summary>
    public override async ValueTask DisposeAsync()
    {
        await EndAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ = EndAsync().AsTask();
        }

        base.Dispose(disposing);
    }

    private async ValueTask EndAsync()
    {
        _ended = true;
        await transfer.EndAsync();
        invocation.Dispose();
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
