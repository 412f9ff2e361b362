using System.Text.Json;
using System.Text.Unicode;

namespace Selvedge.Streams.Access;

/// <summary>Reads the two JSON objects of a token. Whatever is unclear refuses it.</summary>
/// <remarks>
/// Members given twice are refused wherever they mean something, because readers differ in which one they take (RFC 8725, section 2.9).
/// Members that mean nothing here are passed over, except those by which a token asks to be refused by whoever does not understand them.
/// </remarks>
internal static class TokenJson
{
    // 9999-12-31T23:59:59Z, the end of DateTimeOffset.
    private const double MaxTime = 253_402_300_799;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    /// <summary>Reads the header: HS256, and nothing that would have to be understood.</summary>
    public static TokenOutcome ReadHeader(ReadOnlySpan<byte> json)
    {
        string? algorithm = null;
        string? type = null;
        var extended = false;
        var understood = TryRead(
            json,
            (name, ref reader) =>
            {
                if (name is "alg")
                    return TryText(ref reader, ref algorithm);
                if (name is "typ")
                    return TryText(ref reader, ref type) && "JWT".Equals(type, StringComparison.OrdinalIgnoreCase);
                // RFC 7515, section 4.1.11; RFC 7797; RFC 7516.
                extended |= name is "crit" or "b64" or "zip" or "enc";
                return true;
            }
        );
        return !understood ? TokenOutcome.Malformed
            : algorithm is not "HS256" || extended ? TokenOutcome.AlgorithmRefused
            : TokenOutcome.Accepted;
    }

    /// <summary>Reads the claims, and compares them with the project and the time.</summary>
    public static TokenOutcome ReadClaims(ReadOnlySpan<byte> json, string project, DateTimeOffset now, out TokenClaims? claims)
    {
        string? subject = null;
        string? scope = null;
        string? stream = null;
        double? expires = null;
        double? notBefore = null;
        double? issued = null;
        claims = null;
        var understood = TryRead(
            json,
            (name, ref reader) =>
                name switch
                {
                    "sub" => TryText(ref reader, ref subject),
                    "scope" => TryText(ref reader, ref scope),
                    "stream_id" => TryText(ref reader, ref stream),
                    "exp" => TryTime(ref reader, ref expires),
                    "nbf" => TryTime(ref reader, ref notBefore),
                    "iat" => TryTime(ref reader, ref issued),
                    // Who is not an audience must refuse a token that names some (RFC 7519, section 4.1.3).
                    "aud" => false,
                    _ => true,
                }
        );
        if (!understood || subject is null || expires is not { } end || ParseScope(scope) is not { } granted)
            return TokenOutcome.ClaimsInvalid;
        if (!subject.Equals(project, StringComparison.Ordinal))
            return TokenOutcome.OtherProject;
        var time = now.ToUnixTimeMilliseconds() / 1000d;
        if (time >= end)
            return TokenOutcome.Expired;
        if (time + TokenVerifier.Leeway.TotalSeconds < notBefore)
            return TokenOutcome.NotYetValid;
        claims = new TokenClaims(granted, stream, DateTimeOffset.FromUnixTimeSeconds((long)end));
        return TokenOutcome.Accepted;
    }

    private static AccessScope? ParseScope(string? scope) =>
        scope switch
        {
            "read" => AccessScope.Read,
            "write" => AccessScope.Write,
            "manage" => AccessScope.Manage,
            _ => null,
        };

    private static bool TryRead(ReadOnlySpan<byte> json, ReadMember read)
    {
        // The reader checks syntax; a string with broken UTF-8 or a lone surrogate would throw later.
        if (!Utf8.IsValid(json))
            return false;
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return false;
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!names.Add(name) || !reader.Read() || !read(name, ref reader))
                    return false;
                reader.Skip();
            }

            return !reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryText(ref Utf8JsonReader reader, ref string? value)
    {
        value = reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
        return value is { Length: > 0 };
    }

    private static bool TryTime(ref Utf8JsonReader reader, ref double? value)
    {
        if (
            reader.TokenType is not JsonTokenType.Number
            || !reader.TryGetDouble(out var time)
            || time is not (>= 0 and <= MaxTime)
        )
            return false;
        value = time;
        return true;
    }

    private delegate bool ReadMember(string name, ref Utf8JsonReader reader);
}
