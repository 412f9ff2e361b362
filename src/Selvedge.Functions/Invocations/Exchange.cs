using System.Text;
using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Invocations;

/// <summary>Sends one request to one instance, and says what came of it.</summary>
internal static class Exchange
{
    /// <summary>The response is the host's report that the handler failed; its body is the error.</summary>
    private const string ErrorMark = "x-selvedge-error";

    /// <summary>The host's report that the handler returned nothing.</summary>
    private const string EmptyMark = "x-selvedge-empty";

    /// <summary>More than the host sends of an error.</summary>
    private const int MaxErrorBytes = 32 * 1024;

    /// <summary>Sends the request.</summary>
    /// <returns>
    /// The outcome; a response in it has taken the invocation over. <see langword="null"/> if the instance could not be reached: then
    /// nothing of the request has been sent, and another instance may have it.
    /// </returns>
    public static async Task<FunctionOutcome?> RunAsync(
        Invocation invocation,
        FunctionInstance instance,
        HttpRequestMessage message
    )
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await instance.Channel.SendAsync(message, invocation.Aborted);
            return await TranslateAsync(response, invocation, instance.Channel.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            response?.Dispose();
            var body = (RequestBody)message.Content!;
            if (Explain(exception, invocation, body) is { } failure)
            {
                return failure;
            }

            // The connection is lost. The process may be too, and then the next request must not be sent to it.
            await instance.ConfirmAsync();
            return body.Started
                ? FunctionOutcome.FromFailure(
                    FunctionFailureReason.NoResponse,
                    $"{invocation.Function.Name} ended its connection before a response began: {exception.Message}"
                )
                : null;
        }
    }

    private static async Task<FunctionOutcome> TranslateAsync(HttpResponseMessage response, Invocation invocation, string token)
    {
        var name = invocation.Function.Name;
        var body = await response.Content.ReadAsStreamAsync(invocation.Aborted);
        if (HeaderFields.IsMarked(response.Headers, ErrorMark, token))
        {
            var error = await ReadErrorAsync(body, invocation.Aborted);
            response.Dispose();
            return FunctionOutcome.FromFailure(FunctionFailureReason.HandlerFailed, $"{name} failed: {error}");
        }

        var status = (int)response.StatusCode;
        if (status is < 200 or > 599)
        {
            response.Dispose();
            return FunctionOutcome.FromFailure(FunctionFailureReason.InvalidResponse, $"{name} answered with status {status}.");
        }

        return FunctionOutcome.FromResponse(
            new FunctionResponse
            {
                Status = status,
                Headers = HeaderFields.OfResponse(response),
                Body = new FunctionBody(body, response, invocation),
                IsEmpty = HeaderFields.IsMarked(response.Headers, EmptyMark, token),
            }
        );
    }

    private static async Task<string> ReadErrorAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxErrorBytes];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    /// <summary>Names the failure if it is not simply that the connection was lost.</summary>
    private static FunctionOutcome? Explain(Exception exception, Invocation invocation, RequestBody body)
    {
        var name = invocation.Function.Name;
        if (body.SourceFailure is { } sourceFailure)
        {
            return FunctionOutcome.FromFailure(
                sourceFailure,
                $"The body of a request to {name} cannot be read: {exception.Message}"
            );
        }

        if (invocation.Aborted.IsCancellationRequested)
        {
            return FunctionOutcome.FromFailure(invocation.ExplainAbort());
        }

        return
            exception
                is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
                }
            ? FunctionOutcome.FromFailure(
                FunctionFailureReason.InvalidResponse,
                $"The response of {name} is unusable: {exception.Message}"
            )
            : null;
    }
}
