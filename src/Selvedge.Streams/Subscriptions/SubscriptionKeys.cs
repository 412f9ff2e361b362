using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Subscriptions;

/// <summary>The keys of a server's subscriptions: one signs webhooks, one signs the tokens subscribers answer with.</summary>
/// <remarks>Made once and kept in a reserved stream, so that receivers and tokens survive a restart.</remarks>
public sealed class SubscriptionKeys : IDisposable
{
    private const string StreamName = "__ds/keys";
    private const int TokenKeyBytes = 32;

    private readonly Ed25519Key? _signing;

    private SubscriptionKeys(ReadOnlySpan<byte> secrets)
    {
        _signing = Ed25519Key.TryCreate(secrets[..Ed25519Key.KeyBytes]);
        TokenKey = secrets[Ed25519Key.KeyBytes..].ToArray();
        PublicKey = _signing is null ? "" : Base64Url.EncodeToString([.. _signing.PublicKey]);

        // RFC 7638: the thumbprint of the public key names it, so receivers can keep it for as long as it is used.
        var thumbprint = SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"Ed25519","kty":"OKP","x":"{{PublicKey}}"}"""));
        KeyId = "ds_" + Base64Url.EncodeToString(thumbprint);
    }

    /// <summary>Whether webhooks can be signed on this machine.</summary>
    public bool CanSign => _signing is not null;

    /// <summary>The name of the signing key.</summary>
    public string KeyId { get; }

    /// <summary>The public signing key, base64url.</summary>
    public string PublicKey { get; }

    internal byte[] TokenKey { get; }

    /// <summary>Reads the keys of a store, or makes them.</summary>
    public static async ValueTask<SubscriptionKeys> LoadAsync(IStreamStore store, CancellationToken cancellationToken)
    {
        var fresh = RandomNumberGenerator.GetBytes(Ed25519Key.KeyBytes + TokenKeyBytes);
        var request = new CreateStream
        {
            Config = new StreamConfig(MediaType.Default, Lifetime.Endless, Fork: null),
            Content = fresh,
            IsClosed = true,
        };
        // Whoever makes the stream first decides; everybody uses what is in it.
        var (_, stream) = await store.CreateAsync(StreamName, request, cancellationToken);
        var secrets = new byte[fresh.Length];
        if (stream is null || await store.ReadAsync(stream, 0, secrets, cancellationToken) != secrets.Length)
            throw new StreamStoreException("The keys of the subscriptions cannot be read.");
        return new SubscriptionKeys(secrets);
    }

    /// <summary>The <c>Webhook-Signature</c> of a body sent now.</summary>
    public string Sign(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = _signing!.Sign([.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body]);
        return $"t={time},kid={KeyId},ed25519={Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc/>
    public void Dispose() => _signing?.Dispose();
}
