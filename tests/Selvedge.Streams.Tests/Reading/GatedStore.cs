using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Reading;

/// <summary>A store whose reads wait at a gate, counted, and fail where a test wants them to.</summary>
internal sealed class GatedStore(IStreamStore store) : IStreamStore
{
    private int _reads;

    /// <summary>Where reads wait; open from the start if a test does not replace it.</summary>
    public Gate? Gate { get; set; }

    /// <summary>What reads throw.</summary>
    public Exception? Failure { get; set; }

    public int Reads => Volatile.Read(ref _reads);

    public async ValueTask<int> ReadAsync(
        StreamInfo stream,
        long position,
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref _reads);
        if (Gate is { } gate)
            await gate.PassAsync(cancellationToken);
        if (Failure is { } failure)
            throw failure;
        return await store.ReadAsync(stream, position, buffer, cancellationToken);
    }

    public ValueTask<CreateResult> CreateAsync(string name, CreateStream request, CancellationToken cancellationToken) =>
        store.CreateAsync(name, request, cancellationToken);

    public ValueTask<AppendResult> AppendAsync(string name, AppendToStream request, CancellationToken cancellationToken) =>
        store.AppendAsync(name, request, cancellationToken);

    public ValueTask<StreamPresence> DeleteAsync(string name, CancellationToken cancellationToken) =>
        store.DeleteAsync(name, cancellationToken);

    public ValueTask<StreamLookup> FindAsync(string name, StreamUse use, CancellationToken cancellationToken) =>
        store.FindAsync(name, use, cancellationToken);

    public ValueTask<bool> WaitForChangeAsync(StreamInfo seen, TimeSpan patience, CancellationToken cancellationToken) =>
        store.WaitForChangeAsync(seen, patience, cancellationToken);

    public IAsyncEnumerable<StreamInfo> ListAsync(string prefix, string after, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, after, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
