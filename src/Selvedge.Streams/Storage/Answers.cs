namespace Selvedge.Streams.Storage;

/// <summary>Those of a group's answers that go out together, one after another on the same thread.</summary>
/// <remarks>
/// A work item for every answer would cost more than most of the answers, and one for the whole group would let the last wait for all the
/// others while another processor idles.
/// </remarks>
internal sealed class Answers : TaskCompletionSource, IThreadPoolWorkItem
{
    /// <summary>How many records share one.</summary>
    public const int Seats = 8;

    /// <summary>Why the records were lost; null when they are durable.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Lets the answers go out, on this thread.</summary>
    public void Execute()
    {
        if (Refusal is null)
        {
            TrySetResult();
            return;
        }

        TrySetException(Refusal);
        // Records nobody waits for fail too, and that is nobody's surprise.
        _ = Task.Exception;
    }
}
