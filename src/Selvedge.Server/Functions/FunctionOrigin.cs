using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Caching.Status;
using Selvedge.Functions;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Caching;
using Selvedge.Server.Errors;

namespace Selvedge.Server.Functions;

/// <summary>Answers from a function.</summary>
internal sealed class FunctionOrigin(FunctionHost host, ILogger<FunctionOrigin> logger)
{
    /// <summary>Calls the function and streams its answer.</summary>
    /// <returns>
    /// <see langword="null"/> once the client has its answer; otherwise why there is none, with nothing sent yet, so that the
    /// deployment's own error page can still be shown.
    /// </returns>
    public async Task<OriginFailure?> AnswerAsync(AdmittedRequest request, RouteDecision decision, FunctionBundle bundle)
    {
        if (!CanRun(request, bundle))
        {
            return new OriginFailure(StatusCodes.Status501NotImplemented, ErrorCodes.RuntimeNotSupported);
        }

        var aborted = request.Http.RequestAborted;
        var call = Compose(request, decision);
        var outcome = await InvokeAsync(request.Deployment.SpecOf(bundle), call, aborted);
        if (outcome.Failure is { } failure)
        {
            return FunctionFailures.Report(logger, bundle.Name, failure, request.RequestId, aborted);
        }

        await using var response = outcome.Response!;
        await SendAsync(request, decision, bundle, response);
        return null;
    }

    /// <summary>Whether a function can be run; if not, it is logged.</summary>
    public bool CanRun(AdmittedRequest request, FunctionBundle bundle)
    {
        if (bundle.Config.Kind is not FunctionKind.Other)
        {
            return true;
        }

        Log.RuntimeNotSupported(logger, bundle.Name, bundle.Config.Runtime, request.RequestId);
        return false;
    }

    /// <summary>Calls a function and returns when its response's headers are there.</summary>
    /// <param name="spec">The function.</param>
    /// <param name="decision">Whose headers govern the cache where the function says nothing; <see langword="null"/> for none.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Signalled when nobody wants the response any more.</param>
    /// <exception cref="OperationCanceledException">Whoever wanted the response has gone.</exception>
    public async ValueTask<OriginReply> SendAsync(
        FunctionSpec spec,
        RouteDecision? decision,
        FunctionRequest call,
        CancellationToken cancellationToken
    )
    {
        var outcome = await InvokeAsync(spec, call, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            var told = FunctionFailures.Report(logger, spec.Name, failure, call.RequestId, cancellationToken);
            return new OriginReply(new FetchFailure(told.Status, told.Code));
        }

        var response = outcome.Response!;
        var length = FieldLines.Combined(response.Headers, "content-length");
        return new OriginReply(response)
        {
            Status = response.Status,
            Fields = decision is null ? response.Headers : RoutedResponse.Govern(response.Headers, decision),
            Body = response.Body,
            ContentLength = call.Method == "HEAD" || !long.TryParse(length, out var bytes) ? null : bytes,
        };
    }

    /// <summary>The call a request makes: its own method, headers and body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="decision">What routing decided.</param>
    /// <param name="interim">Who takes interim responses.</param>
    /// <param name="isPassedOn">Whether all that is done with the response is to pass it on to the client.</param>
    public static FunctionRequest Compose(
        AdmittedRequest request,
        RouteDecision decision,
        InterimResponses? interim = null,
        bool isPassedOn = false
    )
    {
        var headers = OutboundHeaders.From(request, decision.RequestHeaders).Identify(request);
        headers.Set("x-matched-path", MatchedPath(decision));
        return new FunctionRequest
        {
            Method = request.Http.Request.Method,
            Target = decision.Query.Length == 0 ? decision.RequestPath : $"{decision.RequestPath}?{decision.Query}",
            Headers = headers.Lines,
            Body = RequestBody.Of(request.Http),
            ContentLength = request.Http.Request.ContentLength,
            RequestId = request.RequestId,
            Interim = interim is null ? null : interim.Send,
            ResumesWhereItArrives = isPassedOn,
        };
    }

    // Middleware may return nothing, which means "continue"; here there is nothing to continue with.
    private async ValueTask<FunctionOutcome> InvokeAsync(
        FunctionSpec spec,
        FunctionRequest call,
        CancellationToken cancellationToken
    )
    {
        var outcome = await host.InvokeAsync(spec, call, cancellationToken);
        if (outcome.Response is not { IsEmpty: true } nothing)
        {
            return outcome;
        }

        await nothing.DisposeAsync();
        return FunctionOutcome.FromFailure(
            FunctionFailureReason.HandlerFailed,
            $"{spec.Name} returned no response; only middleware may do that."
        );
    }

    // Hit routes compute the path the framework knows the page by: the output path without basePath.
    private static string MatchedPath(RouteDecision decision)
    {
        var routed = decision.ResponseHeaders.LastOrDefault(header => header.Name == "x-matched-path").Value;
        return HeaderText.EncodePath(routed ?? decision.Target!.OutputPath);
    }

    private async Task SendAsync(
        AdmittedRequest request,
        RouteDecision decision,
        FunctionBundle bundle,
        FunctionResponse response
    )
    {
        var http = request.Http;
        http.Response.StatusCode = decision.Status ?? response.Status;
        AnswerHeaders.CopyFrom(http.Response, response.Headers);
        AnswerHeaders.Finish(http.Response, decision, CacheVerdict.Miss);
        if (NotModified.TryAnswer(http))
        {
            return;
        }

        try
        {
            await BodyPump.CopyAsync(response.Body, http.Response, http.RequestAborted);
        }
        catch (FunctionBodyException exception)
        {
            // The status has left: only breaking the connection tells the client that the body is not whole.
            Log.BodyBrokenOff(logger, bundle.Name, request.RequestId, exception.Message);
            http.Abort();
        }
    }
}
