using Microsoft.Extensions.Logging;

namespace Selvedge.Functions;

/// <summary>Runs the functions of a server, each in a Node.js process of its own that starts with its first request.</summary>
/// <param name="options">Limits, times and paths.</param>
/// <param name="timeProvider">The clock of every time limit.</param>
/// <param name="loggerFactory">Receives the host's own events and what functions print.</param>
public sealed class FunctionHost(FunctionHostOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory)
    : IAsyncDisposable
{
    private readonly FunctionHostOptions _options = options;
    private readonly TimeProvider _timeProvider = timeProvider;
    private readonly ILoggerFactory _loggerFactory = loggerFactory;

    /// <summary>Sends a request to a function, and completes when the response's header section is there.</summary>
    /// <param name="function">The function.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">
    /// Signalled when the client is gone. It aborts the invocation, the body included, until the response is disposed.
    /// </param>
    /// <returns>The response or the failure; nothing is thrown for what a function or a client does.</returns>
    public ValueTask<FunctionOutcome> InvokeAsync(
        FunctionSpec function,
        FunctionRequest request,
        CancellationToken cancellationToken
    )
    {
        _ = (_options, _timeProvider, _loggerFactory);
        return new(FunctionOutcome.FromFailure(FunctionFailureReason.StartFailed, "Functions do not run yet."));
    }

    /// <summary>
    /// Takes no more requests, waits for those in flight and for their <c>waitUntil</c> work, and ends every process.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait: what still runs is killed.</param>
    public Task DrainAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Kills every process that still runs.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
