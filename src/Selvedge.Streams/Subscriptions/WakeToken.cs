using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Selvedge.Streams.Subscriptions;

/// <summary>The token a subscriber answers with: a JWT (RFC 7519, HS256) good for one wake of one subscription.</summary>
internal static class WakeToken
{
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    public static string Issue(SubscriptionKeys keys, string subject, long generation, DateTimeOffset now)
    {
        var payload = new Payload(subject, generation, (now + Validity).ToUnixTimeSeconds());
        var text = $"{Encode(Header)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(Signature(keys, text))}";
    }

    /// <summary>Reads a token.</summary>
    /// <returns>The generation it is for, or why it is refused.</returns>
    public static (long Generation, string? Refusal) Read(SubscriptionKeys keys, string token, string subject, DateTimeOffset now)
    {
        const string Invalid = "TOKEN_INVALID";
        var end = token.LastIndexOf('.');
        var start = token.IndexOf('.', StringComparison.Ordinal);
        if (end <= start || token.Length > 2048 || token[..start] != Encode(Header))
            return (0, Invalid);

        // Only this one algorithm is ever accepted, and the signature is compared before anything inside is believed.
        if (
            !TryDecode(token.AsSpan(end + 1), out var signature)
            || !TryDecode(token.AsSpan(start + 1, end - start - 1), out var json)
        )
            return (0, Invalid);
        if (!CryptographicOperations.FixedTimeEquals(signature, Signature(keys, token[..end])))
            return (0, Invalid);
        if (JsonSerializer.Deserialize<Payload>(json) is not { } payload || payload.Sub != subject)
            return (0, Invalid);
        return now.ToUnixTimeSeconds() > payload.Exp ? (0, "TOKEN_EXPIRED") : (payload.Generation, null);
    }

    private static byte[] Signature(SubscriptionKeys keys, string text) =>
        HMACSHA256.HashData(keys.TokenKey, Encoding.ASCII.GetBytes(text));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text))
            return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    private sealed record Payload(string Sub, long Generation, long Exp);
}
