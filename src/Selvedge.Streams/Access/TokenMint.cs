using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Selvedge.Streams.Access;

/// <summary>Makes tokens that <see cref="TokenVerifier"/> accepts.</summary>
public static class TokenMint
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <summary>Makes a token.</summary>
    /// <param name="project">The project it is for.</param>
    /// <param name="claims">What it lets its bearer do, and until when, in whole seconds.</param>
    /// <param name="secret">What it is signed with.</param>
    public static string Issue(string project, TokenClaims claims, SigningSecret secret)
    {
        using var payload = new MemoryStream();
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("sub", project);
            json.WriteString("scope", NameOf(claims.Scope));
            if (claims.StreamId is { } stream)
                json.WriteString("stream_id", stream);
            json.WriteNumber("exp", claims.Expires.ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        var signed = $"{Header}.{Base64Url.EncodeToString(payload.ToArray())}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret.Key, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The name of a scope, as tokens have it.</summary>
    public static string NameOf(AccessScope scope) =>
        scope switch
        {
            AccessScope.Read => "read",
            AccessScope.Write => "write",
            _ => "manage",
        };
}
