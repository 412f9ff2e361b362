using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.Caching.Origins;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Configuration;
using Selvedge.Server.Errors;

namespace Selvedge.Server.Proxy;

/// <summary>Answers from another origin: a route whose <c>dest</c> is an absolute URL.</summary>
internal sealed class ExternalOrigin(
    HttpMessageInvoker client,
    LoopGuard loopGuard,
    ProxyOptions options,
    InterimTap tap,
    TimeProvider timeProvider,
    ILogger<ExternalOrigin> logger
)
{
    /// <summary>Whether the request has come back to this server too often; it is logged then.</summary>
    public bool IsLooping(AdmittedRequest request, RouteDecision decision)
    {
        if (!loopGuard.IsLooping(request.Http.Request.Headers["cdn-loop"]))
        {
            return false;
        }

        Log.Looping(logger, UrlOf(decision).Host, request.RequestId);
        return true;
    }

    /// <summary>Whether the request has passed this server before.</summary>
    public bool HasPassed(AdmittedRequest request) => loopGuard.HasPassed(request.Http.Request.Headers["cdn-loop"]);

    /// <summary>Where the request goes.</summary>
    public Uri UrlOf(RouteDecision decision) => new(decision.ExternalUrl!, ExternalRequest.AsWritten);

    /// <summary>The header lines the request leaves with.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> LinesOf(AdmittedRequest request, RouteDecision decision) =>
        ExternalRequest.LinesOf(request, decision, UrlOf(decision), loopGuard);

    /// <summary>Sends a request and returns when the response's headers are there.</summary>
    /// <exception cref="OperationCanceledException">Whoever wanted the response has gone.</exception>
    public async ValueTask<OriginReply> SendAsync(
        HttpRequestMessage outgoing,
        RouteDecision decision,
        string requestId,
        InterimResponses? interim,
        CancellationToken cancellationToken
    )
    {
        var (incoming, failure) = await ExchangeAsync(outgoing, requestId, interim, cancellationToken);
        if (incoming is null)
        {
            return new OriginReply(failure!);
        }

        if (incoming.StatusCode is HttpStatusCode.SwitchingProtocols)
        {
            // Passed on, it would have the client take whatever follows on the connection for another protocol.
            Log.UnaskedUpgrade(logger, requestId);
            incoming.Dispose();
            outgoing.Dispose();
            return new OriginReply(new FetchFailure(StatusCodes.Status502BadGateway, ErrorCodes.ExternalFailed));
        }

        return await ExternalReply.FromAsync(incoming, decision, cancellationToken);
    }

    /// <summary>Sends a request that wants to leave HTTP, and carries what follows if the origin agrees.</summary>
    /// <returns>What the origin answered instead; <see langword="null"/> once the tunnel has ended.</returns>
    public async Task<OriginReply?> UpgradeAsync(AdmittedRequest request, RouteDecision decision)
    {
        var aborted = request.Http.RequestAborted;
        var outgoing = ExternalRequest.Pass(request, UrlOf(decision), LinesOf(request, decision));
        var (incoming, failure) = await ExchangeAsync(outgoing, request.RequestId, interim: null, aborted);
        if (incoming is null)
        {
            return new OriginReply(failure!);
        }

        if (incoming.StatusCode is not HttpStatusCode.SwitchingProtocols)
        {
            return await ExternalReply.FromAsync(incoming, decision, aborted);
        }

        using (outgoing)
        using (incoming)
        {
            var refused = await UpgradeTunnel.RunAsync(request, incoming, logger);
            return refused is null ? null : new OriginReply(new FetchFailure(refused.Status, refused.Code));
        }
    }

    private async Task<(HttpResponseMessage? Incoming, FetchFailure? Failure)> ExchangeAsync(
        HttpRequestMessage outgoing,
        string requestId,
        InterimResponses? interim,
        CancellationToken cancellationToken
    )
    {
        try
        {
            tap.Follow(interim);
            // The limit ends with the headers: a body may take as long as it keeps its reader.
            using var timeout = new CancellationTokenSource(options.ResponseTimeout, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            var incoming = await client.SendAsync(outgoing, either.Token);
            // The socket's own thread brought us here, which others wait for; what follows may take its time.
            await Task.Yield();
            return (incoming, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outgoing.Dispose();
            throw;
        }
        catch (Exception exception) when (FailureOf(exception) is { } failure)
        {
            Log.NoAnswer(logger, outgoing.RequestUri!.Host, requestId, exception.Message);
            outgoing.Dispose();
            return (null, failure);
        }
    }

    private static FetchFailure? FailureOf(Exception exception) =>
        exception switch
        {
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError,
                InnerException: SocketException { SocketErrorCode: SocketError.TimedOut }
            }
            or OperationCanceledException
            or TimeoutException => new(StatusCodes.Status504GatewayTimeout, ErrorCodes.ExternalTimeout),
            BadHttpRequestException bad => new(bad.StatusCode, ErrorCodes.PayloadTooLarge),
            HttpRequestException { InnerException: BadHttpRequestException bad } => new(
                bad.StatusCode,
                ErrorCodes.PayloadTooLarge
            ),
            HttpRequestException or IOException => new(StatusCodes.Status502BadGateway, ErrorCodes.ExternalFailed),
            _ => null,
        };
}
