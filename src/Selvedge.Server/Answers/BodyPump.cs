using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Answers;

/// <summary>Sends a body on as it arrives.</summary>
internal static class BodyPump
{
    private const int ReadSize = 32 * 1024;

    /// <summary>Copies <paramref name="body"/> to the client; each piece leaves before the next is waited for.</summary>
    /// <returns>When the body has ended, or the client has stopped reading.</returns>
    public static async Task CopyAsync(Stream body, HttpResponse response, CancellationToken cancellationToken)
    {
        var writer = response.BodyWriter;
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        int count;
        do
        {
            var reading = body.ReadAsync(buffer, cancellationToken);
            if (!reading.IsCompleted && !response.HasStarted)
            {
                // Nothing to send yet: the client gets its headers while the origin thinks.
                await writer.FlushAsync(cancellationToken);
            }

            count = await reading;
        } while (count > 0 && !(await writer.WriteAsync(buffer.AsMemory(0, count), cancellationToken)).IsCompleted);

        // Given back here and not in a finally block: where a flush fails, a read may still be writing to it.
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
