using System.Buffers;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Reading;

/// <summary>Finds the position at which a fork leaves its source.</summary>
public static class ForkPoint
{
    private const int Step = 64 * 1024;

    /// <summary>Resolves an anchor and a sub-offset: messages past it in a JSON stream, bytes in any other.</summary>
    /// <returns>The position, or null when there is none: past the tail, inside a message, or in a stream that is gone.</returns>
    public static async ValueTask<long?> ResolveAsync(
        IStreamStore store,
        StreamInfo source,
        long anchor,
        long subOffset,
        CancellationToken cancellationToken
    )
    {
        if (anchor > source.Tail)
            return null;
        if (!MediaType.IsJson(source.Config.ContentType))
            return subOffset <= source.Tail - anchor ? anchor + subOffset : null;
        if (anchor > 0 && !await IsBoundaryAsync(store, source, anchor, cancellationToken))
            return null;
        return await SkipMessagesAsync(store, source, anchor, subOffset, cancellationToken);
    }

    private static async ValueTask<bool> IsBoundaryAsync(
        IStreamStore store,
        StreamInfo source,
        long position,
        CancellationToken cancellationToken
    )
    {
        var before = new byte[1];
        var read = await store.ReadAsync(source, position - 1, before, cancellationToken);
        return read == 1 && before[0] == JsonMessages.Separator;
    }

    private static async ValueTask<long?> SkipMessagesAsync(
        IStreamStore store,
        StreamInfo source,
        long position,
        long messages,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            while (messages > 0)
            {
                var read = await store.ReadAsync(source, position, buffer, cancellationToken);
                if (read <= 0)
                    return null;
                var rest = buffer.AsSpan(0, read);
                while (messages > 0 && rest.IndexOf(JsonMessages.Separator) is var end and >= 0)
                {
                    rest = rest[(end + 1)..];
                    messages--;
                }

                position += messages > 0 ? read : read - rest.Length;
            }

            return position;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
