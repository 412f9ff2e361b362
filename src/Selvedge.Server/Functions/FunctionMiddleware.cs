using Microsoft.AspNetCore.Http;
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
    private List<FunctionResponse>? _responses;

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

        var body = ReplayableBody();
        var outcome = await host.InvokeAsync(
            request.Deployment.SpecOf(bundle),
            new FunctionRequest
            {
                Method = request.Http.Request.Method,
                Target = call.Query.Length == 0 ? call.Path : $"{call.Path}?{call.Query}",
                Headers = OutboundHeaders.From(request, call.RequestHeaders).Identify(request).Lines,
                Body = body,
                ContentLength = request.Http.Request.ContentLength,
                RequestId = request.RequestId,
            },
            cancellationToken
        );
        body?.Seek(0, SeekOrigin.Begin);
        if (outcome.Failure is { } failure)
        {
            _ = FunctionFailures.Report(logger, bundle.Name, failure, request.RequestId, cancellationToken);
            return null;
        }

        var response = outcome.Response!;
        (_responses ??= []).Add(response);
        return new MiddlewareResponse
        {
            Status = response.Status,
            Headers = response.Headers,
            IsEmpty = response.IsEmpty,
            Body = response,
        };
    }

    /// <summary>Ends the calls whose answers were not the final one, and the final one's.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var response in _responses ?? [])
        {
            await response.DisposeAsync();
        }
    }

    // What middleware has read must still reach the function behind it: kept in memory first, in a temporary file beyond that.
    private Stream? ReplayableBody()
    {
        if (RequestBody.Of(request.Http) is null)
        {
            return null;
        }

        request.Http.Request.EnableBuffering();
        return request.Http.Request.Body;
    }
}
