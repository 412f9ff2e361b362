using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Functions;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using IMiddleware = Selvedge.Routing.IMiddleware;

namespace Selvedge.Server.Functions;

/// <summary>Runs a deployment's middleware for one request, as functions that see it before anything answers.</summary>
/// <remarks>
/// Middleware that cannot be run fails the request. It often guards what lies behind it, so a request never passes by it.
/// </remarks>
internal sealed class FunctionMiddleware(AdmittedRequest request, FunctionHost host, ILogger logger)
    : IMiddleware,
        IAsyncDisposable
{
    private FunctionResponse? _response;
    private ReplayableBody? _body;

    /// <inheritdoc/>
    public async ValueTask<MiddlewareResponse?> InvokeAsync(MiddlewareCall call, CancellationToken cancellationToken)
    {
        if (request.Deployment.Deployment.Outputs.FindOutput(call.MiddlewarePath) is not FunctionAsset { Bundle: { } bundle })
        {
            Log.MiddlewareMissing(logger, call.MiddlewarePath, request.RequestId);
            return null;
        }

        if (bundle.Config.Kind is FunctionKind.Other)
        {
            Log.RuntimeNotSupported(logger, bundle.Name, bundle.Config.Runtime, request.RequestId);
            return null;
        }

        await LeaveAsync();
        _body ??= ReplayableBody.Of(request.Http);
        var outcome = await host.InvokeAsync(
            request.Deployment.SpecOf(bundle),
            new FunctionRequest
            {
                Method = request.Http.Request.Method,
                Target = call.Query.Length == 0 ? call.Path : $"{call.Path}?{call.Query}",
                Headers = OutboundHeaders.From(request, call.RequestHeaders).Identify(request).Lines,
                Body = _body?.Stream,
                ContentLength = request.Http.Request.ContentLength,
                RequestId = request.RequestId,
            },
            cancellationToken
        );
        if (outcome.Failure is { } failure)
        {
            _body?.Rewind();
            _ = FunctionFailures.Report(logger, bundle.Name, failure, request.RequestId, cancellationToken);
            return null;
        }

        var response = _response = outcome.Response!;
        return new MiddlewareResponse
        {
            Status = response.Status,
            Headers = response.Headers,
            IsEmpty = response.IsEmpty,
            Body = response,
        };
    }

    /// <summary>
    /// Ends the last call, whose answer was not the final one. Until then the middleware may still be reading the request's body, which
    /// from here on belongs to whoever answers.
    /// </summary>
    public async ValueTask LeaveAsync()
    {
        if (_response is { } response)
        {
            _response = null;
            await response.DisposeAsync();
            _body?.Rewind();
        }
    }

    /// <summary>Ends the last call.</summary>
    public ValueTask DisposeAsync() => LeaveAsync();
}
