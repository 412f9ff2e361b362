using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Streams.Subscriptions;

/// <summary>A key that signs webhooks.</summary>
public sealed class WebhookKey : IDisposable
{
    private readonly Ed25519Key _key;

    private WebhookKey(Ed25519Key key, DateTimeOffset madeAt)
    {
        _key = key;
        MadeAt = madeAt;
        PublicKey = Base64Url.EncodeToString([.. key.PublicKey]);

        // RFC 7638: the thumbprint of the public key names it, so receivers can keep it for as long as it is used.
        var thumbprint = SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"Ed25519","kty":"OKP","x":"{{PublicKey}}"}"""));
        KeyId = "ds_" + Base64Url.EncodeToString(thumbprint);
    }

    /// <summary>The name of the key.</summary>
    public string KeyId { get; }

    /// <summary>The public key, base64url.</summary>
    public string PublicKey { get; }

    /// <summary>When it began to sign.</summary>
    public DateTimeOffset MadeAt { get; }

    /// <summary>Makes the key of a secret; null where webhooks cannot be signed.</summary>
    public static WebhookKey? TryCreate(ReadOnlySpan<byte> secret, DateTimeOffset madeAt) =>
        Ed25519Key.TryCreate(secret) is { } key ? new WebhookKey(key, madeAt) : null;

    /// <summary>Signs a message; base64url.</summary>
    public string Sign(ReadOnlySpan<byte> message) => Base64Url.EncodeToString(_key.Sign(message));

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
