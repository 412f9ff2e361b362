namespace Selvedge.Functions.Instances;

/// <summary>Counts who is inside, and once closed tells when the last one has left.</summary>
internal sealed class DrainGate
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private bool _closed;

    /// <summary>Enters, unless the gate is closed. Whoever enters must <see cref="Exit"/>, once.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _inside++;
            return true;
        }
    }

    /// <summary>Leaves.</summary>
    public void Exit()
    {
        lock (_gate)
        {
            if (--_inside > 0 || !_closed)
            {
                return;
            }
        }

        _empty.TrySetResult();
    }

    /// <summary>Lets nobody enter any more. Closing it again does nothing.</summary>
    /// <returns>Completes when nobody is inside.</returns>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_inside > 0)
            {
                return _empty.Task;
            }
        }

        _empty.TrySetResult();
        return _empty.Task;
    }
}
