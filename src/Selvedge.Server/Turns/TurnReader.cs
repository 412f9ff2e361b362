using System.IO.Pipelines;

namespace Selvedge.Server.Turns;

/// <summary>What a connection receives; whoever waits for it in the pool resumes there.</summary>
internal sealed class TurnReader(PipeReader inner, ConnectionTurn turn) : PipeReader
{
    // So many answers take less than a millisecond. A client that sends requests without waiting would have the thread for good.
    private const int MostInARow = 64;

    private int _inARow;

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(cancellationToken);
        if (turn.HasLeft)
        {
            return reading.IsCompleted ? reading : ResumeInPoolAsync(reading);
        }

        if (++_inARow < MostInARow)
        {
            return reading;
        }

        _inARow = 0;
        return ResumeInPoolAsync(reading);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private static async ValueTask<ReadResult> ResumeInPoolAsync(ValueTask<ReadResult> reading)
    {
        try
        {
            return await reading;
        }
        finally
        {
            await default(PoolThread);
        }
    }
}
