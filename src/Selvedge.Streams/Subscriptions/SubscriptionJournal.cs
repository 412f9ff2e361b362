using System.Globalization;
using System.Text.Json;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Subscriptions;

/// <summary>Keeps the states of subscriptions in reserved streams, so that they are as durable as what they follow.</summary>
/// <remarks>
/// Every state is appended whole; the last one counts. When a stream has become long a new one is begun and the old one deleted: of two,
/// the one with the greater number counts, unless a crash left it empty.
/// </remarks>
internal sealed class SubscriptionJournal(IStreamStore store)
{
    private const string Folder = "/__ds/subscriptions/";
    private const long LongStream = 512 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Reads all subscriptions.</summary>
    public async ValueTask<List<SubscriptionState>> LoadAsync(CancellationToken cancellationToken)
    {
        var newest = new Dictionary<string, (long Number, StreamInfo Stream)>(StringComparer.Ordinal);
        await foreach (var stream in store.ListAsync("", "", cancellationToken))
        {
            if (!TryParse(stream.Name, out var subscription, out var number) || stream.Tail == 0)
                continue;
            if (!newest.TryGetValue(subscription, out var known) || known.Number < number)
                newest[subscription] = (number, stream);
        }

        var states = new List<SubscriptionState>();
        foreach (var (_, (_, stream)) in newest)
            states.Add(await ReadLastAsync(stream, cancellationToken));
        return states;
    }

    /// <summary>Writes a state; it is durable when this completes.</summary>
    public async ValueTask SaveAsync(SubscriptionState state, CancellationToken cancellationToken)
    {
        byte[] content = [.. JsonSerializer.SerializeToUtf8Bytes(state, Json), JsonMessages.Separator];
        var request = new AppendToStream { Content = content, ContentType = "application/json" };
        var name = NameOf(state, state.JournalNumber);
        var result = await store.AppendAsync(name, request, cancellationToken);
        if (result.Outcome == AppendOutcome.NotFound)
        {
            await BeginAsync(name, content, cancellationToken);
            return;
        }

        if (result.Outcome != AppendOutcome.Appended)
            throw new StreamStoreException($"The state of the subscription '{state.Id}' could not be written: {result.Outcome}.");
        if (result.Tail > LongStream)
        {
            state.JournalNumber++;
            await BeginAsync(NameOf(state, state.JournalNumber), content, cancellationToken);
            await store.DeleteAsync(name, cancellationToken);
        }
    }

    /// <summary>Forgets a subscription.</summary>
    public async ValueTask DeleteAsync(SubscriptionState state, CancellationToken cancellationToken) =>
        await store.DeleteAsync(NameOf(state, state.JournalNumber), cancellationToken);

    private async ValueTask BeginAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        var config = new StreamConfig("application/json", Lifetime.Endless, Fork: null);
        var result = await store.CreateAsync(name, new CreateStream { Config = config, Content = content }, cancellationToken);
        if (result.Outcome != CreateOutcome.Created)
            throw new StreamStoreException($"The state in '{name}' could not be written: {result.Outcome}.");
    }

    private async ValueTask<SubscriptionState> ReadLastAsync(StreamInfo stream, CancellationToken cancellationToken)
    {
        var bytes = new byte[stream.Tail];
        await store.ReadAsync(stream, 0, bytes, cancellationToken);
        var messages = bytes.AsSpan(0, bytes.Length - 1);
        var last = messages[(messages.LastIndexOf(JsonMessages.Separator) + 1)..];
        return JsonSerializer.Deserialize<SubscriptionState>(last, Json)
            ?? throw new StreamStoreException($"The state in '{stream.Name}' cannot be read.");
    }

    private static string NameOf(SubscriptionState state, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{state.Project}{Folder}{state.Id}#{number}");

    private static bool TryParse(string name, out string subscription, out long number)
    {
        number = 0;
        var mark = name.LastIndexOf('#');
        subscription = mark < 0 ? "" : name[..mark];
        return mark > 0
            && name.Contains(Folder, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
