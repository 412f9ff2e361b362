using System.Net.Sockets;

namespace Selvedge.Functions.Wire;

/// <summary>One request and its response on a connection of their own.</summary>
/// <remarks>
/// Both directions run at once, because a function may answer while the request still arrives, or instead of reading it: whoever sent the
/// whole request first would wait for a function that waits for its response to be read. For the same reason the response's end is the
/// end: what is left of the request then is not sent, and not read from the client either.
/// <para>
/// An abort closes the connection, which ends whatever is under way and shows the function that its client is gone. A connection is used
/// again only if the response has been read to its end and nothing else happened, and never if the request had a body: Node.js stops
/// reading from a connection while a function leaves a body unread, and would not see the next request.
/// </para>
/// </remarks>
internal sealed class Transfer(ConnectionPool pool, Http1Connection connection, OutgoingRequest request, int maxHeaderBytes)
{
    private readonly CancellationTokenSource? _stopSending = request.HasBody ? new() : null;
    private readonly int _sentBefore = connection.Sent;
    private Task _sending = Task.CompletedTask;
    private CancellationTokenRegistration _abort;
    private ResponseBodyReader? _body;
    private bool _keepsConnection;
    private int _ended;

    /// <summary>Whether the response has been read to its end.</summary>
    public bool IsComplete => _body?.IsComplete == true;

    /// <summary>Whether the process closed the connection before anything of the request arrived, which can be sent again.</summary>
    public bool WasLost => !request.HasBody && connection.HasLostAllBehind(_sentBefore);

    /// <summary>Whether an exception is what a connection or the other side throws, and not a bug.</summary>
    public static bool IsFailure(Exception exception) =>
        exception
            is IOException
                or InvalidDataException
                or SocketException
                or ObjectDisposedException
                or OperationCanceledException;

    /// <summary>Sends the request, and completes when the response's head is there.</summary>
    /// <exception cref="InvalidDataException">What came is no response.</exception>
    /// <exception cref="Exception">The connection ended or was aborted: see <see cref="IsFailure"/>.</exception>
    public async ValueTask<ResponseHead> BeginAsync(CancellationToken aborted)
    {
        _abort = aborted.UnsafeRegister(static transfer => ((Transfer)transfer!).Close(), this);
        _sending = SendAsync();
        var head = await ReadHeadAsync();
        _keepsConnection = head.KeepsConnection;
        _body = new ResponseBodyReader(connection, head.Framing, head.Length, maxHeaderBytes);
        return head;
    }

    /// <summary>Reads what has arrived of the response's body; 0 bytes exactly at its end.</summary>
    /// <exception cref="Exception">The body broke off: see <see cref="IsFailure"/>.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> buffer) => _body!.ReadAsync(buffer);

    /// <summary>Gives the connection back, or closes it. When this completes, nobody reads the client's body any more.</summary>
    public async ValueTask EndAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        // Waits for an abort that is just running, so that from here on nobody closes the connection but us.
        await _abort.DisposeAsync();
        if (IsComplete && _keepsConnection && !request.HasBody && !connection.IsClosed)
        {
            pool.Return(connection);
        }
        else
        {
            Close();
            await _sending;
        }

        _stopSending?.Dispose();
    }

    private void Close()
    {
        connection.Dispose();
        _stopSending?.Cancel();
    }

    // Never throws, for what goes wrong shows in the response, or in its absence.
    private async Task SendAsync()
    {
        try
        {
            await request.SendAsync(connection, _stopSending?.Token ?? CancellationToken.None);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            if (request.BodyFailure is not null)
            {
                // No response to half a request is wanted.
                connection.Dispose();
            }
        }
    }

    private bool IsAnswer(ReadOnlySpan<byte> head)
    {
        var reason = ResponseHeadParser.Reason(head);
        return request.Echo.Is(reason) || pool.IsToken(reason);
    }

    private async ValueTask<ResponseHead> ReadHeadAsync()
    {
        var left = maxHeaderBytes;
        while (true)
        {
            int length;
            while ((length = ResponseHeadParser.FindEnd(connection.Buffered)) == 0)
            {
                if (connection.Buffered.Length > left)
                {
                    throw new InvalidDataException($"The header section of the response exceeds {maxHeaderBytes} bytes.");
                }

                if (!await connection.FillAsync())
                {
                    throw new EndOfStreamException("The connection ended before a response began.");
                }
            }

            if (length > left)
            {
                throw new InvalidDataException($"The header section of the response exceeds {maxHeaderBytes} bytes.");
            }

            var head =
                ResponseHeadParser.Parse(connection.Buffered[..length], request.IsHead)
                ?? throw new InvalidDataException("The head of the response is malformed.");
            var isAnswer = IsAnswer(connection.Buffered[..length]);
            connection.Consume(length);
            left -= length;
            // Informational responses come before the one that counts (RFC 9110 section 15.2), and count against the same limit, or a
            // function could send them without end; 101 would be the last.
            if (head.Status is >= 200 or 101)
            {
                return isAnswer
                    ? head
                    : throw new InvalidDataException(
                        "What came is no response to this request: something else writes to its socket."
                    );
            }

            request.Interim?.Invoke(head.Status, head.Headers);
        }
    }
}
