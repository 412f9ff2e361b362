namespace Selvedge.Streams;

/// <summary>Holds streams: bytes that are only ever added to, the state of their writers, and their lifetimes.</summary>
/// <remarks>
/// What every store keeps, and the shared contract tests check:
/// <list type="bullet">
/// <item>An answer is given when what it says can no longer be lost, duplicates included.</item>
/// <item>Readers see only what cannot be lost. Bytes at a position never change.</item>
/// <item>Writes to one stream are decided one after another; an append, its producer's state and a close happen together or not at all.</item>
/// <item>A name that is deleted and made again is another stream, with another <see cref="StreamInfo.Id"/>.</item>
/// </list>
/// Nothing here assumes that other requests for the same stream run in this process.
/// Failures of the outside are outcomes; a store throws only <see cref="StreamStoreException"/>, when it can no longer keep its word.
/// </remarks>
public interface IStreamStore : IAsyncDisposable
{
    /// <summary>Makes a stream, or confirms one that has the same configuration.</summary>
    ValueTask<CreateResult> CreateAsync(string name, CreateStream request, CancellationToken cancellationToken);

    /// <summary>Adds bytes to a stream, closes it, or both.</summary>
    ValueTask<AppendResult> AppendAsync(string name, AppendToStream request, CancellationToken cancellationToken);

    /// <summary>Deletes a stream. One that others were forked from is kept for them and answers <see cref="StreamPresence.Gone"/>.</summary>
    ValueTask<StreamPresence> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Looks a stream up.</summary>
    /// <param name="name">The stream's name.</param>
    /// <param name="use">Whether this counts as a use of the stream and starts a sliding lifetime again.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<StreamLookup> FindAsync(string name, StreamUse use, CancellationToken cancellationToken);

    /// <summary>Copies bytes of a stream, its ancestors' before the fork point included.</summary>
    /// <param name="stream">The stream as it was found; nothing past its tail is read.</param>
    /// <param name="position">Where to begin.</param>
    /// <param name="buffer">Filled as far as there are bytes.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>How many bytes were copied; -1 when the stream is no longer there.</returns>
    ValueTask<int> ReadAsync(StreamInfo stream, long position, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Waits until the stream is no longer as <paramref name="seen"/> says: longer, closed, or gone.</summary>
    /// <returns>False when it still was at the end of <paramref name="patience"/>, or when waiting was cancelled.</returns>
    ValueTask<bool> WaitForChangeAsync(StreamInfo seen, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>
    /// The streams whose name begins with <paramref name="prefix"/>, in the ordinal order of their names, as they are met. Costs what is
    /// enumerated, however many other streams there are.
    /// </summary>
    /// <param name="prefix">What the names begin with; empty for all.</param>
    /// <param name="after">The name the first one comes after; empty to begin at the beginning.</param>
    /// <param name="cancellationToken">Stops the enumeration.</param>
    IAsyncEnumerable<StreamInfo> ListAsync(string prefix, string after, CancellationToken cancellationToken);
}
