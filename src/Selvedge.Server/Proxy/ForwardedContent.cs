using System.Buffers;
using System.Net;

namespace Selvedge.Server.Proxy;

/// <summary>A client's body on its way to an origin: what has arrived leaves before more is waited for.</summary>
internal sealed class ForwardedContent(Stream body) : HttpContent
{
    private const int BufferSize = 32 * 1024;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        while (true)
        {
            var reading = body.ReadAsync(buffer, cancellationToken);
            if (!reading.IsCompleted)
            {
                await stream.FlushAsync(cancellationToken);
            }

            var count = await reading;
            if (count == 0)
            {
                break;
            }

            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        // Given back here and not in a finally block: where a flush fails, a read may still be writing to it.
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
