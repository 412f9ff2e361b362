using Selvedge.Routing;

namespace Selvedge.Cli.Explain;

/// <summary>Stands for middleware while a request is explained: it always lets the request on.</summary>
internal sealed class PassingMiddleware : IMiddleware
{
    /// <inheritdoc/>
    public ValueTask<MiddlewareResponse?> InvokeAsync(MiddlewareCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult<MiddlewareResponse?>(
            new MiddlewareResponse
            {
                Status = 200,
                Headers = [],
                IsEmpty = true,
            }
        );
}
