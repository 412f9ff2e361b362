using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Streams.Access;

/// <summary>Decides whether a token counts. Pure: it knows no clock and no project but those it is given.</summary>
/// <remarks>
/// A token is a JWT (RFC 7519) in compact form, signed with HMAC-SHA256. The algorithm is pinned, and what the header says beside it
/// (<c>kid</c>, <c>jku</c>, <c>x5c</c>) chooses nothing. Nothing of the payload is read before the signature has been found right. Every
/// secret of the project is tried, with comparisons that take the same time whatever they find, so the time tells neither which secret
/// fitted nor how far a guess was right (RFC 8725).
/// </remarks>
public static class TokenVerifier
{
    /// <summary>The longest token that is looked at, in characters.</summary>
    public const int MaxLength = 4096;

    /// <summary>How far the clock of whoever made a token may be ahead, for <c>nbf</c>. An end is an end: <c>exp</c> has no leeway.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private static readonly SearchValues<char> Base64UrlOrDot = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    /// <summary>Looks at a token.</summary>
    /// <param name="token">The token as it was presented.</param>
    /// <param name="project">The project it is presented to; its <c>sub</c> must be this.</param>
    /// <param name="secrets">The project's secrets.</param>
    /// <param name="now">The time.</param>
    /// <param name="claims">What it says; null unless it is accepted.</param>
    public static TokenOutcome Verify(
        string token,
        string project,
        IReadOnlyList<SigningSecret> secrets,
        DateTimeOffset now,
        out TokenClaims? claims
    )
    {
        claims = null;

        // 1. Three parts, each canonical.
        if (token.Length > MaxLength || token.AsSpan().ContainsAnyExcept(Base64UrlOrDot))
            return TokenOutcome.Malformed;
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (
            first == last
            || token.AsSpan(first + 1, last - first - 1).Contains('.')
            || !CanonicalBase64Url.TryDecode(token.AsSpan(0, first), out var header)
            || !CanonicalBase64Url.TryDecode(token.AsSpan(first + 1, last - first - 1), out var payload)
            || !CanonicalBase64Url.TryDecode(token.AsSpan(last + 1), out var signature)
        )
            return TokenOutcome.Malformed;

        // 2. The one algorithm.
        if (TokenJson.ReadHeader(header) is not TokenOutcome.Accepted and var refusal)
            return refusal;

        // 3. The signature.
        if (!IsSigned(token.AsSpan(0, last), signature, secrets))
            return TokenOutcome.SignatureMismatch;

        // 4. What it says.
        return TokenJson.ReadClaims(payload, project, now, out claims);
    }

    private static bool IsSigned(ReadOnlySpan<char> signed, byte[] signature, IReadOnlyList<SigningSecret> secrets)
    {
        Span<byte> text = stackalloc byte[signed.Length];
        Encoding.ASCII.GetBytes(signed, text);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var found = false;
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(secret.Key, text, expected);
            found |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return found;
    }
}
