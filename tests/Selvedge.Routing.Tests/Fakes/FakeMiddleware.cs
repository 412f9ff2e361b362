namespace Selvedge.Routing.Tests.Fakes;

/// <summary>Middleware that gives one answer, and remembers how it was called.</summary>
internal sealed class FakeMiddleware(MiddlewareResponse? response) : IMiddleware
{
    public List<MiddlewareCall> Calls { get; } = [];

    public ValueTask<MiddlewareResponse?> InvokeAsync(MiddlewareCall call, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        return ValueTask.FromResult(response);
    }
}
