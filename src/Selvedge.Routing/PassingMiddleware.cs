namespace Selvedge.Routing;

/// <summary>Stands for middleware where a request is only looked at: it always lets the request on.</summary>
public sealed class PassingMiddleware : IMiddleware
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
