using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Subscriptions;

/// <summary>The keys of a server's subscriptions: those that sign webhooks, and the one that signs the tokens subscribers answer with.</summary>
/// <remarks>
/// Made once and kept in reserved streams, so that receivers and tokens survive a restart. Every turn adds a stream with a key and the
/// time it began to sign; the newest signs, and those it replaced stay published as long as what they signed may still be looked at.
/// </remarks>
public sealed class SubscriptionKeys : IDisposable
{
    private const string FirstStream = "__ds/keys";
    private const int TokenKeyBytes = 32;

    // Receivers refuse what is older than five minutes, and keep the published keys for as long.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private readonly IStreamStore _store;
    private volatile ImmutableList<WebhookKey> _signing;
    private int _turns;

    private SubscriptionKeys(IStreamStore store, ReadOnlySpan<byte> secrets)
    {
        _store = store;
        var first = WebhookKey.TryCreate(secrets[..Ed25519Key.KeyBytes], DateTimeOffset.MinValue);
        _signing = first is null ? [] : [first];
        TokenKey = secrets[Ed25519Key.KeyBytes..].ToArray();
    }

    /// <summary>Whether webhooks can be signed on this machine.</summary>
    public bool CanSign => !_signing.IsEmpty;

    /// <summary>The name of the key that signs now; empty where none can.</summary>
    public string KeyId => _signing is [.., var newest] ? newest.KeyId : "";

    internal byte[] TokenKey { get; }

    /// <summary>Reads the keys of a store, or makes them.</summary>
    public static async ValueTask<SubscriptionKeys> LoadAsync(IStreamStore store, CancellationToken cancellationToken)
    {
        var fresh = RandomNumberGenerator.GetBytes(Ed25519Key.KeyBytes + TokenKeyBytes);
        // Whoever makes the stream first decides; everybody uses what is in it.
        var (_, stream) = await store.CreateAsync(FirstStream, Request(fresh), cancellationToken);
        var secrets = await ReadAsync(store, stream, fresh.Length, cancellationToken);
        var keys = new SubscriptionKeys(store, secrets);
        while ((await store.FindAsync(StreamOf(keys._turns + 1), StreamUse.Peek, cancellationToken)).Stream is { } turn)
            keys.Add(await ReadAsync(store, turn, Ed25519Key.KeyBytes + sizeof(long), cancellationToken));
        return keys;
    }

    /// <summary>The keys that receivers may need now, the one that signs last.</summary>
    public IEnumerable<WebhookKey> PublishedAt(DateTimeOffset now)
    {
        var keys = _signing;
        return keys.Where((_, index) => index == keys.Count - 1 || now - keys[index + 1].MadeAt < Overlap);
    }

    /// <summary>Makes another key sign from now on.</summary>
    /// <returns>False where webhooks cannot be signed, or when somebody else is doing the same.</returns>
    public async ValueTask<bool> RotateAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!CanSign)
            return false;
        var secret = new byte[Ed25519Key.KeyBytes + sizeof(long)];
        RandomNumberGenerator.Fill(secret.AsSpan(0, Ed25519Key.KeyBytes));
        BinaryPrimitives.WriteInt64LittleEndian(secret.AsSpan(Ed25519Key.KeyBytes), now.ToUnixTimeMilliseconds());
        var made = await _store.CreateAsync(StreamOf(_turns + 1), Request(secret), cancellationToken);
        if (made.Outcome is not CreateOutcome.Created)
            return false;
        Add(secret);
        return true;
    }

    /// <summary>The <c>Webhook-Signature</c> of a body sent now.</summary>
    public string Sign(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var key = _signing[^1];
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},kid={key.KeyId},ed25519={key.Sign([.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body])}";
    }

    /// <inheritdoc/>
    public void Dispose() => _signing.ForEach(key => key.Dispose());

    private void Add(ReadOnlySpan<byte> turn)
    {
        _turns++;
        var madeAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(turn[Ed25519Key.KeyBytes..]));
        if (WebhookKey.TryCreate(turn[..Ed25519Key.KeyBytes], madeAt) is { } key)
            _signing = _signing.Add(key);
    }

    private static async ValueTask<byte[]> ReadAsync(
        IStreamStore store,
        StreamInfo? stream,
        int length,
        CancellationToken cancellationToken
    )
    {
        var bytes = new byte[length];
        return stream is not null && await store.ReadAsync(stream, 0, bytes, cancellationToken) == length
            ? bytes
            : throw new StreamStoreException("The keys of the subscriptions cannot be read.");
    }

    private static CreateStream Request(byte[] content) =>
        new()
        {
            Config = new StreamConfig(MediaType.Default, Lifetime.Endless, Fork: null),
            Content = content,
            IsClosed = true,
        };

    private static string StreamOf(int turn) => string.Create(CultureInfo.InvariantCulture, $"{FirstStream}/{turn}");
}
