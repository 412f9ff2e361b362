using Selvedge.Streams.Protocol;

namespace Selvedge.Cli.Remote;

/// <summary>Where a reader of a stream goes on, as an answer's headers say it.</summary>
/// <param name="Offset">The offset of the next read.</param>
/// <param name="Cursor">What a long-poll sends with it, so that caches in front tell it from the one before.</param>
/// <param name="IsUpToDate">Whether the reader has everything there is.</param>
/// <param name="IsClosed">Whether the reader has everything there will be.</param>
internal sealed record StreamPosition(string Offset, string? Cursor, bool IsUpToDate, bool IsClosed)
{
    /// <summary>Reads the headers; <see langword="null"/> if the answer is no stream's.</summary>
    public static StreamPosition? Of(RemoteReply reply) =>
        reply[StreamHeaders.NextOffset] is { } offset
            ? new StreamPosition(
                offset,
                reply[StreamHeaders.Cursor],
                StreamHeaders.IsTrue(reply[StreamHeaders.UpToDate]),
                StreamHeaders.IsTrue(reply[StreamHeaders.Closed])
            )
            : null;
}
