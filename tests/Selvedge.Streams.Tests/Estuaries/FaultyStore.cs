using System.Collections.Concurrent;
using System.Text;

namespace Selvedge.Streams.Tests.Estuaries;

/// <summary>A store that says of some streams that too much is waiting, and keeps what was appended to each, piece by piece.</summary>
internal sealed class FaultyStore(IStreamStore inner) : IStreamStore
{
    public Func<string, bool>? Refuse { get; set; }

    public ConcurrentDictionary<string, ConcurrentQueue<string>> Appended { get; } = new(StringComparer.Ordinal);

    public async ValueTask<AppendResult> AppendAsync(string name, AppendToStream request, CancellationToken cancellationToken)
    {
        if (Refuse?.Invoke(name) == true)
            return new AppendResult(AppendOutcome.Overloaded);
        var result = await inner.AppendAsync(name, request, cancellationToken);
        if (result.Outcome is AppendOutcome.Appended)
            Appended.GetOrAdd(name, _ => []).Enqueue(Encoding.UTF8.GetString(request.Content.Span));
        return result;
    }

    public ValueTask<CreateResult> CreateAsync(string name, CreateStream request, CancellationToken cancellationToken) =>
        inner.CreateAsync(name, request, cancellationToken);

    public ValueTask<StreamPresence> DeleteAsync(string name, CancellationToken cancellationToken) =>
        inner.DeleteAsync(name, cancellationToken);

    public ValueTask<StreamLookup> FindAsync(string name, StreamUse use, CancellationToken cancellationToken) =>
        inner.FindAsync(name, use, cancellationToken);

    public ValueTask<int> ReadAsync(StreamInfo stream, long position, Memory<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReadAsync(stream, position, buffer, cancellationToken);

    public ValueTask<bool> WaitForChangeAsync(StreamInfo seen, TimeSpan patience, CancellationToken cancellationToken) =>
        inner.WaitForChangeAsync(seen, patience, cancellationToken);

    public IAsyncEnumerable<StreamInfo> ListAsync(string prefix, string after, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, after, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
