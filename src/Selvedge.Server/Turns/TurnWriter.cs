using System.IO.Pipelines;

namespace Selvedge.Server.Turns;

/// <summary>What a connection sends; whoever waits for it in the pool resumes there.</summary>
internal sealed class TurnWriter(PipeWriter inner, ConnectionTurn turn) : PipeWriter
{
    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override void Advance(int bytes) => inner.Advance(bytes);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var flushing = inner.FlushAsync(cancellationToken);
        return turn.HasLeft && !flushing.IsCompleted ? ResumeInPoolAsync(flushing) : flushing;
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private static async ValueTask<FlushResult> ResumeInPoolAsync(ValueTask<FlushResult> flushing)
    {
        try
        {
            return await flushing;
        }
        finally
        {
            await default(PoolThread);
        }
    }
}
