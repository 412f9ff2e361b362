using System.Text;
using Selvedge.Functions.Instances;
using Selvedge.Functions.Wire;

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
        OutgoingRequest request,
        int maxHeaderBytes
    )
    {
        Transfer? transfer = null;
        FunctionOutcome? outcome = null;
        try
        {
            var connection = instance.Connections.Rent();
            transfer = new Transfer(instance.Connections, connection, request, maxHeaderBytes);
            var head = await transfer.BeginAsync(invocation.Aborted);
            if (!request.ResumesWhereItArrives)
            {
                // Many wait for the thread that brings responses, and what follows may take its time.
                await Task.Yield();
            }

            outcome = await TranslateAsync(head, transfer, invocation, instance.Token);
        }
        catch (Exception exception) when (Transfer.IsFailure(exception))
        {
            outcome = Explain(exception, invocation, request);
            if (outcome is null && transfer?.WasLost == true)
            {
                // A function may close a connection after its response, and the next request meet that on its way.
                request.Retract();
            }
            else if (outcome is null)
            {
                // The connection is lost. The process may be too, and then the next request must not be sent to it.
                await instance.ConfirmAsync();
                if (request.Started)
                {
                    var detail = $"{invocation.Function.Name} ended its connection before a response began.";
                    outcome = FunctionOutcome.FromFailure(FunctionFailureReason.NoResponse, detail);
                }
            }
        }

        if (outcome?.Succeeded != true && transfer is not null)
        {
            // Whoever shows a failure may take its time, too.
            await Task.Yield();
            await transfer.EndAsync();
        }

        return outcome;
    }

    private static async ValueTask<FunctionOutcome> TranslateAsync(
        ResponseHead head,
        Transfer transfer,
        Invocation invocation,
        string token
    )
    {
        var name = invocation.Function.Name;
        if (HeaderFields.Find(head.Headers, ErrorMark) == token)
        {
            return FunctionOutcome.FromFailure(
                FunctionFailureReason.HandlerFailed,
                $"{name} failed: {await ReadErrorAsync(transfer)}"
            );
        }

        if (head.Status is < 200 or > 599)
        {
            return FunctionOutcome.FromFailure(
                FunctionFailureReason.InvalidResponse,
                $"{name} answered with status {head.Status}."
            );
        }

        var isEmpty = HeaderFields.Find(head.Headers, EmptyMark) == token;
        return FunctionOutcome.FromResponse(
            new FunctionResponse
            {
                Status = head.Status,
                IsEmpty = isEmpty,
                Headers = HeaderFields.KeepEndToEnd(head.Headers),
                Body = new FunctionBody(transfer, invocation),
            }
        );
    }

    private static async ValueTask<string> ReadErrorAsync(Transfer transfer)
    {
        var buffer = new byte[MaxErrorBytes];
        var total = 0;
        while (total < buffer.Length && await transfer.ReadAsync(buffer.AsMemory(total)) is var count and > 0)
        {
            total += count;
        }

        return Encoding.UTF8.GetString(buffer, 0, total);
    }

    // Names the failure if it is not simply that the connection was lost.
    private static FunctionOutcome? Explain(Exception exception, Invocation invocation, OutgoingRequest request)
    {
        if (invocation.Aborted.IsCancellationRequested)
        {
            return FunctionOutcome.FromFailure(invocation.ExplainAbort());
        }

        if (request.BodyFailure is { } bodyFailure)
        {
            return FunctionOutcome.FromFailure(bodyFailure);
        }

        return exception is InvalidDataException
            ? FunctionOutcome.FromFailure(
                FunctionFailureReason.InvalidResponse,
                $"{invocation.Function.Name}: {exception.Message}"
            )
            : null;
    }
}
