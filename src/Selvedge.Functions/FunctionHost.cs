using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Selvedge.Functions.Instances;
using Selvedge.Functions.Invocations;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions;

/// <summary>Runs the functions of a server, each in a Node.js process of its own that starts with its first request.</summary>
/// <remarks>
/// Two categories of logs come of it: <c>Selvedge.Functions</c> tells what happens to processes, <c>Selvedge.Functions.Output</c> is what
/// functions print.
/// </remarks>
public sealed class FunctionHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<FunctionSpec, FunctionPool> _pools = new(ReferenceEqualityComparer.Instance);
    private volatile bool _closed;

    /// <summary>Makes a host, and the directory of its sockets. No process is started yet.</summary>
    /// <param name="options">Limits, times and paths.</param>
    /// <param name="timeProvider">The clock of every time limit.</param>
    /// <param name="metrics">Counts what happens.</param>
    /// <param name="loggerFactory">Makes the loggers of both categories.</param>
    /// <exception cref="ArgumentException"><see cref="FunctionHostOptions.SocketDirectory"/> is too long for sockets.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is Windows.</exception>
    public FunctionHost(
        FunctionHostOptions options,
        TimeProvider timeProvider,
        FunctionMetrics metrics,
        ILoggerFactory loggerFactory
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        ArgumentNullException.ThrowIfNull(metrics);
        Context = new InstanceContext(options, timeProvider, loggerFactory, metrics);
        Context.Budget.GiveUp = new Eviction(Context.Blanks, () => _pools.Values).GiveUp;
    }

    /// <summary>What its instances share.</summary>
    internal InstanceContext Context { get; }

    /// <summary>Sends a request to a function, and completes when the response's header section is there.</summary>
    /// <param name="function">The function.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">
    /// Signalled when the client is gone. It aborts the invocation, the body included, until the response is disposed.
    /// </param>
    /// <returns>The response or the failure; nothing is thrown for what a function or a client does.</returns>
    public async ValueTask<FunctionOutcome> InvokeAsync(
        FunctionSpec function,
        FunctionRequest request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(request);
        if (!RequestTranslation.TryTranslate(request, Context.Options, Context.Echoes.Next(), out var outgoing, out var failure))
        {
            return FunctionOutcome.FromFailure(failure);
        }

        if (Admit(function) is not { } pool)
        {
            return FunctionOutcome.FromFailure(FunctionFailureReason.Unavailable, "The server shuts down.");
        }

        var invocation = new Invocation(pool, cancellationToken);
        FunctionOutcome? outcome = null;
        try
        {
            outcome = await pool.InvokeAsync(invocation, outgoing);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = FunctionOutcome.FromFailure(FunctionFailureReason.ClientGone, $"The client of {function.Name} went away.");
        }
        finally
        {
            // A response has taken the invocation over, and ends it with its body.
            if (outcome?.Succeeded != true)
            {
                invocation.Dispose();
            }
        }

        return outcome;
    }

    /// <summary>
    /// Says which functions are going to be invoked, so that a process for the first of them is started in the background
    /// (<see cref="FunctionHostOptions.WarmBlanks"/>).
    /// </summary>
    public void Expect(IEnumerable<FunctionSpec> functions) => Context.Blanks.Expect(functions);

    /// <summary>
    /// Lets go of a function that is not to be invoked any more, because its deployment is replaced: its process ends when the requests in
    /// it, and their <c>waitUntil</c> work, are done. A later request starts it again.
    /// </summary>
    /// <param name="function">The function; one that never ran is fine.</param>
    /// <param name="cancellationToken">Ends the wait: what still runs is killed.</param>
    public async Task RetireAsync(FunctionSpec function, CancellationToken cancellationToken)
    {
        if (_pools.TryRemove(function, out var pool))
        {
            await pool.DrainAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Takes no more requests, waits for those in flight and for their <c>waitUntil</c> work, and ends every process.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait: what still runs is killed.</param>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        await Task.WhenAll(_pools.Values.Select(pool => pool.DrainAsync(cancellationToken)).Append(Context.Blanks.StopAsync()));
    }

    /// <summary>Kills every process that still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync(new CancellationToken(canceled: true));
        Context.Dispose();
    }

    // Gives the pool that has admitted the request.
    private FunctionPool? Admit(FunctionSpec function)
    {
        while (true)
        {
            var pool = _pools.GetOrAdd(function, static (spec, context) => new(spec, context), Context);
            var admitted = pool.TryAdmit();
            // Looked at after the pool is in the table: either draining finds the pool there, or this finds the host closed.
            if (_closed)
            {
                if (admitted)
                {
                    pool.Leave();
                }

                return null;
            }

            // Not admitted means retired between the two lines above; the next look finds another.
            if (admitted)
            {
                return pool;
            }
        }
    }
}
