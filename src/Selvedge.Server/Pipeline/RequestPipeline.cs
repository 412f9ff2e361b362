using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Functions;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Caching;
using Selvedge.Server.Errors;
using Selvedge.Server.Functions;
using Selvedge.Server.Images;
using Selvedge.Server.Prerender;
using Selvedge.Server.Static;

namespace Selvedge.Server.Pipeline;

/// <summary>The life of a request, as <c>docs/life-of-a-request.md</c> draws it; the numbers here are the numbers there.</summary>
internal sealed class RequestPipeline(
    RequestAdmission admission,
    AdmittedHosts hosts,
    FunctionHost functionHost,
    StaticOrigin staticOrigin,
    ImageOrigin imageOrigin,
    PrerenderOrigin prerenderOrigin,
    CachedOrigins cachedOrigins,
    ILogger<RequestPipeline> logger
)
{
    /// <summary>Answers one request. Nothing is thrown: what goes wrong is logged and answered.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        // 1. Admission.
        if (admission.Admit(http) is not { } request)
        {
            await RefuseAsync(http);
            return;
        }

        AnswerHeaders.Identify(http.Response, request.RequestId);
        try
        {
            await (
                !hosts.Admit(http) ? RefuseAsync(request, StatusCodes.Status404NotFound, ErrorCodes.DeploymentNotFound)
                : RefusedMethods.Contains(http.Request.Method)
                    ? RefuseAsync(request, StatusCodes.Status405MethodNotAllowed, ErrorCodes.MethodNotAllowed)
                : AnswerAsync(request)
            );
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to tell.
        }
        catch (Exception exception)
        {
            await RecoverAsync(request, exception);
        }

        Log.Answered(logger, http.Request.Method, request.Target.Path, http.Response.StatusCode, request.RequestId);
    }

    private async Task AnswerAsync(AdmittedRequest request)
    {
        if (RepeatedSlashes.AreRefusedBy(request))
        {
            await RepeatedSlashes.RedirectAsync(request);
            return;
        }

        // 3. Route. Middleware runs inside, where a route names it.
        await using var middleware = request.Deployment.HasMiddleware
            ? new FunctionMiddleware(request, functionHost, logger)
            : null;
        var routed = RoutedRequests.From(request);
        var decision = await request.Deployment.Router.RouteAsync(routed, middleware, request.Http.RequestAborted);
        foreach (var fault in decision.Faults)
        {
            Log.PatternTooSlow(logger, fault.Key, fault.Message, request.RequestId);
        }

        if (middleware is not null && decision.Outcome is not RouteOutcome.Synthetic)
        {
            await middleware.LeaveAsync();
        }

        // 4. Cache, 5. Origin, 6. Answer.
        var failure = await SendAsync(request, decision);
        if (failure is not null)
        {
            await FailAsync(request, failure, decision);
        }
    }

    private Task<OriginFailure?> SendAsync(AdmittedRequest request, RouteDecision decision) =>
        decision.Outcome switch
        {
            RouteOutcome.Target => SendTargetAsync(request, decision),
            RouteOutcome.External => cachedOrigins.AnswerExternalAsync(request, decision),
            _ => SendOwnAsync(request, decision),
        };

    // What needs no origin.
    private static async Task<OriginFailure?> SendOwnAsync(AdmittedRequest request, RouteDecision decision)
    {
        switch (decision.Outcome)
        {
            case RouteOutcome.Redirect:
                await RedirectAnswer.SendAsync(request, decision);
                return null;
            case RouteOutcome.Synthetic:
                await SyntheticAnswer.SendAsync(request, decision);
                return null;
            default:
                AnswerHeaders.Apply(request.Http.Response, decision);
                await ErrorPage.WriteAsync(
                    request.Http,
                    decision.Status ?? StatusCodes.Status404NotFound,
                    decision.ErrorCode ?? ErrorCodes.NotFound,
                    request.RequestId
                );
                return null;
        }
    }

    private Task<OriginFailure?> SendTargetAsync(AdmittedRequest request, RouteDecision decision)
    {
        if (decision.ErrorCode is { } code)
        {
            request.Http.Response.Headers[ErrorPage.HeaderName] = code;
        }

        return decision.Target switch
        {
            StaticAsset asset => SendFileAsync(request, decision, asset),
            ImageAsset => SendImageAsync(request, decision),
            FunctionAsset function => cachedOrigins.AnswerFunctionAsync(request, decision, function.Bundle),
            PrerenderAsset prerender => prerenderOrigin.AnswerAsync(request, decision, prerender),
            _ => throw new InvalidOperationException($"Routing chose a target of unknown type {decision.Target?.GetType()}."),
        };
    }

    private async Task<OriginFailure?> SendFileAsync(AdmittedRequest request, RouteDecision decision, StaticAsset asset)
    {
        await staticOrigin.AnswerAsync(request, decision, request.Deployment.FileOf(asset));
        return null;
    }

    private async Task<OriginFailure?> SendImageAsync(AdmittedRequest request, RouteDecision decision)
    {
        await imageOrigin.AnswerAsync(request, decision);
        return null;
    }

    /// <summary>Shows the deployment's page for a failure if it has one that works, and the server's own otherwise.</summary>
    /// <param name="request">The request.</param>
    /// <param name="failure">What went wrong.</param>
    /// <param name="failed">The decision that could not be carried out, if it came that far: its headers stay.</param>
    private async Task FailAsync(AdmittedRequest request, OriginFailure failure, RouteDecision? failed = null)
    {
        var http = request.Http;
        if (http.Response.HasStarted)
        {
            // The status has left: only breaking the connection tells the client that the answer is not whole.
            http.Abort();
            return;
        }

        StartOver(http, request.RequestId);
        Advise(http, failure);
        if (failure.Status >= 500)
        {
            var decision = request.Deployment.Router.RouteError(
                RoutedRequests.From(request),
                failure.Status,
                failure.Code,
                failed
            );
            if (decision.Outcome is RouteOutcome.Target && await SendTargetAsync(request, decision) is null)
            {
                return;
            }

            StartOver(http, request.RequestId);
            Advise(http, failure);
        }

        if (failed is not null)
        {
            AnswerHeaders.Apply(http.Response, failed);
        }

        await ErrorPage.WriteAsync(http, failure.Status, failure.Code, request.RequestId);
    }

    // A place may come free at any moment, but not for all at once: a second spreads those that try again (RFC 9110 section 10.2.3).
    private static void Advise(HttpContext http, OriginFailure failure)
    {
        if (failure.Code == ErrorCodes.FunctionThrottled)
        {
            http.Response.Headers.RetryAfter = "1";
        }
    }

    /// <summary>Answers what no step has foreseen. The connection is the last thing to give up.</summary>
    private async Task RecoverAsync(AdmittedRequest request, Exception exception)
    {
        try
        {
            await FailAsync(request, FailureOf(request, exception));
        }
        catch (Exception second)
        {
            if (!request.Http.RequestAborted.IsCancellationRequested)
            {
                Log.Unexpected(logger, second, request.Http.Request.Method, request.Target.Path, request.RequestId);
            }

            request.Http.Abort();
        }
    }

    private OriginFailure FailureOf(AdmittedRequest request, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return OriginFailure.Of(bad);
        }

        Log.Unexpected(logger, exception, request.Http.Request.Method, request.Target.Path, request.RequestId);
        return new OriginFailure(StatusCodes.Status500InternalServerError, ErrorCodes.Internal);
    }

    private static void StartOver(HttpContext http, string requestId)
    {
        http.Response.Clear();
        AnswerHeaders.Identify(http.Response, requestId);
    }

    private static Task RefuseAsync(AdmittedRequest request, int status, string code) =>
        ErrorPage.WriteAsync(request.Http, status, code, request.RequestId);

    private static Task RefuseAsync(HttpContext http) =>
        ErrorPage.WriteAsync(http, StatusCodes.Status400BadRequest, ErrorCodes.BadRequest, requestId: "-");
}
