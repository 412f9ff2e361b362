namespace Selvedge.Testing;

/// <summary>
/// A barrier between a test and the code it watches: the code announces itself and waits; the test sees it arrive, looks
/// around, and opens.
/// </summary>
public sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first caller has reached <see cref="PassAsync"/>.</summary>
    /// <exception cref="TimeoutException">Nobody came in a minute: the code under test went another way.</exception>
    public Task ArrivalAsync() => _arrived.Task.WaitAsync(Patience);

    /// <summary>Lets through everyone who waits and everyone who comes later.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Announces the caller, and completes when the gate is open.</summary>
    public Task PassAsync(CancellationToken cancellationToken = default)
    {
        _arrived.TrySetResult();
        return _open.Task.WaitAsync(cancellationToken);
    }
}
