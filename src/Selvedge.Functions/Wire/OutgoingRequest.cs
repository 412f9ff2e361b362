using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;

namespace Selvedge.Functions.Wire;

/// <summary>A request that is ready to be sent, once: its head as bytes, and its body as it arrives.</summary>
/// <param name="head">Request line and header section. It serves as the buffer of what is to be sent next, too.</param>
/// <param name="echo">What its response comes with.</param>
/// <param name="isHead">Whether the method is HEAD, whose response has no body.</param>
/// <param name="body">The body; <see langword="null"/> if there is none.</param>
/// <param name="length">The body's length if the head says it; otherwise the body is sent in chunks.</param>
/// <param name="maxBodyBytes">Where a body is too long.</param>
internal sealed class OutgoingRequest(
    ArrayBufferWriter<byte> head,
    Echo echo,
    bool isHead,
    Stream? body,
    long? length,
    long? maxBodyBytes
)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>What its response comes with.</summary>
    public Echo Echo => echo;

    /// <summary>Whether the method is HEAD.</summary>
    public bool IsHead => isHead;

    /// <summary>Takes interim responses; <see langword="null"/> drops them.</summary>
    public Action<int, IReadOnlyList<KeyValuePair<string, string>>>? Interim { get; init; }

    /// <inheritdoc cref="FunctionRequest.ResumesWhereItArrives"/>
    public bool ResumesWhereItArrives { get; init; }

    /// <summary>Whether there is a body, which is sent while the response may be arriving.</summary>
    public bool HasBody => body is not null;

    /// <summary>Whether the process may have seen any of it. From then on it is not sent again, for the function may run.</summary>
    public bool Started { get; private set; }

    /// <summary>Why the body could not be read to its end, if that is so. Then it is the client's fault that there is no response.</summary>
    public FunctionFailure? BodyFailure { get; private set; }

    /// <summary>Sends head and body.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="stop">Signalled when nobody wants the rest of the body any more.</param>
    public async Task SendAsync(Http1Connection connection, CancellationToken stop)
    {
        Started = true;
        if (body is null)
        {
            // Stays as it is, for it may have to be sent again.
            await connection.SendAsync(head.WrittenMemory);
            return;
        }

        await SendBodyAsync(body, connection, stop);
        await FlushAsync(connection);
    }

    /// <summary>Nothing of it has arrived, and it may be sent again; not if it has a body, which can be read once.</summary>
    public void Retract()
    {
        Debug.Assert(body is null, "A body that has been read is gone.");
        Started = false;
    }

    private async Task SendBodyAsync(Stream source, Http1Connection connection, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        long total = 0;
        while (true)
        {
            var reading = ReadAsync(source, buffer, stop);
            if (!reading.IsCompleted)
            {
                // The client takes its time: the function gets what there is, the head to begin with.
                await FlushAsync(connection);
            }

            var count = await reading;
            total += count;
            if (total > maxBodyBytes)
            {
                throw Fail(FunctionFailureReason.RequestBodyTooLarge, $"The request body exceeds {maxBodyBytes} bytes.");
            }

            // Too much would be read as the next request, and too little would have the function wait for more.
            if (total > length || (count == 0 && total != (length ?? total)))
            {
                throw Fail(
                    FunctionFailureReason.ClientGone,
                    $"The request body has {total} bytes where {length} were announced."
                );
            }

            if (count == 0)
            {
                break;
            }

            Append(buffer.AsSpan(0, count));
            if (head.WrittenCount >= BufferSize)
            {
                await FlushAsync(connection);
            }
        }

        // Given back here and not in a finally block: after a failure a read may still be writing to it.
        ArrayPool<byte>.Shared.Return(buffer);
        if (length is null)
        {
            head.Write("0\r\n\r\n"u8);
        }
    }

    private async ValueTask<int> ReadAsync(Stream source, byte[] buffer, CancellationToken stop)
    {
        try
        {
            return await source.ReadAsync(buffer, stop);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            throw Fail(FunctionFailureReason.ClientGone, $"The request body cannot be read: {exception.Message}", exception);
        }
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        if (length is not null)
        {
            head.Write(piece);
            return;
        }

        var size = head.GetSpan(sizeof(int) * 2);
        Utf8Formatter.TryFormat(piece.Length, size, out var digits, 'x');
        head.Advance(digits);
        head.Write("\r\n"u8);
        head.Write(piece);
        head.Write("\r\n"u8);
    }

    private async ValueTask FlushAsync(Http1Connection connection)
    {
        if (head.WrittenCount > 0)
        {
            await connection.SendAsync(head.WrittenMemory);
            head.ResetWrittenCount();
        }
    }

    private IOException Fail(FunctionFailureReason reason, string detail, Exception? bodyError = null)
    {
        BodyFailure = new(reason, detail) { BodyError = bodyError };
        return new IOException(detail, bodyError);
    }
}
