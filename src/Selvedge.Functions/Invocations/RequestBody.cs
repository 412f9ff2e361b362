using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Selvedge.Functions.Invocations;

/// <summary>Sends a request's body as it arrives.</summary>
/// <remarks>
/// Every request has one, even if it is empty: <see cref="SocketsHttpHandler"/> sends a request without content again, up to four times,
/// when its connection ends before a response, and a function must never run twice for one request.
/// </remarks>
internal sealed class RequestBody(Stream? source, long? length, long? maxBytes) : HttpContent
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Whether any of the request may have been sent.</summary>
    public bool Started { get; private set; }

    /// <summary>Why the source broke off, if it did: then it is not the function's fault that there is no response.</summary>
    public FunctionFailureReason? SourceFailure { get; private set; }

    protected override bool TryComputeLength(out long computedLength)
    {
        computedLength = source is null ? 0 : length ?? 0;
        return source is null || length is not null;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        Started = true;
        if (source is null)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        long total = 0;
        while (true)
        {
            var reading = ReadSourceAsync(source, buffer, cancellationToken);
            if (!reading.IsCompleted)
            {
                // The client takes its time: the function gets what there is, the header section to begin with.
                await stream.FlushAsync(cancellationToken);
            }

            var count = await reading;
            if (count == 0)
            {
                break;
            }

            total += count;
            if (total > maxBytes)
            {
                SourceFailure = FunctionFailureReason.RequestBodyTooLarge;
                throw new IOException($"The request body exceeds {maxBytes} bytes.");
            }

            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        // Given back here and not in a finally block: after a failure a read may still be writing to it.
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private async ValueTask<int> ReadSourceAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            SourceFailure = FunctionFailureReason.RequestBodyTooLarge;
            throw;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            SourceFailure = FunctionFailureReason.ClientGone;
            throw;
        }
    }
}
