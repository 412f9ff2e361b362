using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
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
    TimeProvider timeProvider,
    ILogger<ExternalOrigin> logger
)
{
    /// <summary>Sends the request on and streams the answer back.</summary>
    /// <returns><see langword="null"/> once the client has its answer; otherwise why there is none, with nothing sent yet.</returns>
    public async Task<OriginFailure?> AnswerAsync(AdmittedRequest request, RouteDecision decision)
    {
        var http = request.Http;
        var url = new Uri(decision.ExternalUrl!, ExternalRequest.AsWritten);
        if (loopGuard.IsLooping(http.Request.Headers["cdn-loop"]))
        {
            Log.Looping(logger, url.Host, request.RequestId);
            return new OriginFailure(StatusCodes.Status508LoopDetected, ErrorCodes.InfiniteLoop);
        }

        using var outgoing = ExternalRequest.Create(request, decision, url, loopGuard);
        HttpResponseMessage incoming;
        try
        {
            // The limit ends with the headers: a body may take as long as it keeps its reader.
            using var timeout = new CancellationTokenSource(options.ResponseTimeout, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, http.RequestAborted);
            incoming = await client.SendAsync(outgoing, either.Token);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (FailureOf(exception) is { } failure)
        {
            Log.NoAnswer(logger, url.Host, request.RequestId, exception.Message);
            return failure;
        }

        using (incoming)
        {
            if (incoming.StatusCode is HttpStatusCode.SwitchingProtocols)
            {
                return await UpgradeTunnel.RunAsync(request, incoming, logger);
            }

            await SendAsync(request, decision, incoming);
            return null;
        }
    }

    private static OriginFailure? FailureOf(Exception exception) =>
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

    private async Task SendAsync(AdmittedRequest request, RouteDecision decision, HttpResponseMessage incoming)
    {
        var http = request.Http;
        http.Response.StatusCode = decision.Status ?? (int)incoming.StatusCode;
        foreach (var header in incoming.Headers.NonValidated)
        {
            Copy(http.Response, header.Key, header.Value);
        }

        foreach (var header in incoming.Content.Headers.NonValidated)
        {
            Copy(http.Response, header.Key, header.Value);
        }

        AnswerHeaders.Finish(http.Response, decision, CacheVerdict.Miss);
        try
        {
            await using var body = await incoming.Content.ReadAsStreamAsync(http.RequestAborted);
            await BodyPump.CopyAsync(body, http.Response, http.RequestAborted);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException && !http.RequestAborted.IsCancellationRequested)
        {
            // The status has left: only breaking the connection tells the client that the body is not whole.
            Log.BrokenOff(logger, incoming.RequestMessage?.RequestUri?.Host ?? "", request.RequestId, exception.Message);
            http.Abort();
        }
    }

    private static void Copy(HttpResponse response, string name, System.Net.Http.Headers.HeaderStringValues values)
    {
        if (PrivateHeaders.Contains(name))
        {
            return;
        }

        foreach (var value in values)
        {
            response.Headers.Append(name, value);
        }
    }
}
