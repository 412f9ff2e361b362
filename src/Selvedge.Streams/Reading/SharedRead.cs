namespace Selvedge.Streams.Reading;

/// <summary>One read of the store, for everybody who asks for the same while it lasts and shortly after.</summary>
internal sealed class SharedRead(PageKey key)
{
    private readonly TaskCompletionSource<(PageOutcome Outcome, StreamPage? Page)> _done = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public PageKey Key => key;

    /// <summary>Completes when the page has been read.</summary>
    public Task<(PageOutcome Outcome, StreamPage? Page)> Done => _done.Task;

    /// <summary>The page, once it is there. Most reads are done before anybody could wait for them.</summary>
    public StreamPage? Page { get; private set; }

    /// <summary>The clock's timestamp from which the page is not given out any more; set before it is done.</summary>
    public long Until { get; set; }

    /// <summary>What is kept of it, in bytes; set when it is kept.</summary>
    public int Bytes { get; set; }

    public void Complete(PageOutcome outcome, StreamPage? page)
    {
        Page = page;
        _done.SetResult((outcome, page));
    }

    public void Fail(Exception exception)
    {
        _done.SetException(exception);
        // Nobody may have waited for it, and then it is nobody's surprise.
        _ = _done.Task.Exception;
    }
}
