using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Selvedge.Streams.Access;

namespace Selvedge.Streams.Tests.Access;

/// <summary>What a token must be to count, and everything that is tried instead (RFC 8725).</summary>
public sealed class TokenVerifierTests
{
    private const string Secret = "a-secret-of-the-project-32-bytes-long";
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";
    private const string Claims = """{"sub":"shop","scope":"write","exp":1900003600}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    [Fact]
    public void Verify_TokenOfTheMint_IsAccepted()
    {
        var given = new TokenClaims(AccessScope.Manage, "notes/1", Now.AddHours(1));
        var token = TokenMint.Issue("shop", given, Key(Secret));

        var outcome = Verify(token, out var claims);

        Assert.Equal((TokenOutcome.Accepted, given), (outcome, claims));
    }

    [Fact]
    public void Verify_TokenMadeByHand_IsAccepted()
    {
        var outcome = Verify(Sign(Header, Claims), out var claims);

        Assert.Equal(TokenOutcome.Accepted, outcome);
        Assert.Equal((AccessScope.Write, null), (claims!.Scope, claims.StreamId));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"hs256"}""")]
    [InlineData("""{"alg":"HS256 "}""")]
    [InlineData("""{"alg":"HS384"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"HS256","b64":false}""")]
    [InlineData("""{"alg":"HS256","zip":"DEF"}""")]
    [InlineData("""{"alg":"HS256","enc":"A256GCM"}""")]
    public void Verify_AnotherAlgorithm_IsRefused(string header) =>
        Assert.Equal(TokenOutcome.AlgorithmRefused, Verify(Sign(header, Claims), out _));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    public void Verify_AlgorithmNoneWithoutSignature_IsRefused(string end)
    {
        var token = $"{Encode("""{"alg":"none"}""")}.{Encode(Claims)}{end}";

        Assert.Equal(TokenOutcome.Malformed, Verify(token, out _));
    }

    [Theory]
    [InlineData("""{"alg":"HS256","kid":"../../../../dev/null"}""")]
    [InlineData("""{"alg":"HS256","kid":"' OR 1=1 --"}""")]
    [InlineData("""{"alg":"HS256","kid":"sk_1"}""")]
    [InlineData(
        """{"alg":"HS256","kid":7,"jku":"http://evil.example/keys","x5u":"http://evil.example","jwk":{"kty":"oct","k":"AA"}}"""
    )]
    public void Verify_KeysNamedByTheHeader_ChooseNothing(string header)
    {
        Assert.Equal(TokenOutcome.SignatureMismatch, Verify(Sign(header, Claims, key: ""), out _));
        Assert.Equal(TokenOutcome.Accepted, Verify(Sign(header, Claims), out _));
    }

    [Fact]
    public void Verify_PublicKeyAsSecret_IsRefused()
    {
        // Key confusion: a verifier of RS256 tokens is handed one signed with its own public key as HMAC secret.
        var token = Sign("""{"alg":"RS256"}""", Claims, "-----BEGIN PUBLIC KEY-----");

        Assert.Equal(TokenOutcome.AlgorithmRefused, Verify(token, out _));
    }

    [Fact]
    public void Verify_ProjectWithoutSecrets_RefusesAll()
    {
        Assert.Equal(TokenOutcome.SignatureMismatch, TokenVerifier.Verify(Sign(Header, Claims), "shop", [], Now, out _));
        Assert.Equal(TokenOutcome.SignatureMismatch, TokenVerifier.Verify(Sign(Header, Claims, ""), "shop", [], Now, out _));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Verify_SeveralSecrets_AcceptsEachAndNoOther(int signer, bool accepted)
    {
        string[] all = [Secret, new('b', 32), new('c', 32)];

        var outcome = TokenVerifier.Verify(Sign(Header, Claims, all[signer]), "shop", [Key(all[0]), Key(all[1])], Now, out _);

        Assert.Equal(accepted ? TokenOutcome.Accepted : TokenOutcome.SignatureMismatch, outcome);
    }

    [Fact]
    public void Verify_EveryTruncation_IsRefused()
    {
        var token = Sign(Header, Claims);

        for (var length = 0; length < token.Length; length++)
            Assert.NotEqual(TokenOutcome.Accepted, Verify(token[..length], out _));
    }

    [Fact]
    public void Verify_EveryChangedCharacter_IsRefused()
    {
        var token = Sign(Header, Claims);

        for (var place = 0; place < token.Length; place++)
        {
            var other = token[place] == 'A' ? 'B' : 'A';
            Assert.NotEqual(TokenOutcome.Accepted, Verify($"{token[..place]}{other}{token[(place + 1)..]}", out _));
        }
    }

    [Fact]
    public void Verify_SameSignatureSpelledOtherwise_IsRefused()
    {
        // 32 bytes leave two bits of the last character unused; a lenient decoder takes four spellings for one signature.
        var token = Sign(Header, Claims);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = Alphabet.IndexOf(token[^1], StringComparison.Ordinal);

        for (var spare = 1; spare < 4; spare++)
            Assert.Equal(TokenOutcome.Malformed, Verify(token[..^1] + Alphabet[last | spare], out _));
    }

    [Theory]
    [InlineData("=")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("\0")]
    [InlineData("%3D")]
    [InlineData(".")]
    [InlineData(".e30")]
    [InlineData("ü")]
    public void Verify_SomethingBehindTheSignature_IsRefused(string extra) =>
        Assert.Equal(TokenOutcome.Malformed, Verify(Sign(Header, Claims) + extra, out _));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("Bearer")]
    public void Verify_NoToken_IsRefused(string token) => Assert.Equal(TokenOutcome.Malformed, Verify(token, out _));

    [Fact]
    public void Verify_HugeToken_IsRefusedUnread()
    {
        var claims = $$"""{"sub":"shop","scope":"write","exp":1900003600,"x":"{{new string('x', TokenVerifier.MaxLength)}}"}""";

        Assert.Equal(TokenOutcome.Malformed, Verify(Sign(Header, claims), out _));
    }

    [Theory]
    [InlineData("""{"sub":"shop","scope":"write"}""")]
    [InlineData("""{"sub":"shop","exp":1900003600}""")]
    [InlineData("""{"scope":"write","exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":"1900003600"}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":null}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":-1}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1e300}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1e999}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":[1900003600]}""")]
    [InlineData("""{"sub":["shop"],"scope":"write","exp":1900003600}""")]
    [InlineData("""{"sub":"","scope":"write","exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"admin","exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"read write","exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":["write"],"exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"WRITE","exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600,"stream_id":""}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600,"stream_id":null}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600,"stream_id":["a"]}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600,"nbf":"soon"}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600,"iat":true}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600,"aud":"others"}""")]
    [InlineData("""{"sub":"shop","sub":"shop","scope":"write","exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"read","scope":"write","exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1,"exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600,"\u0065xp":1900003601}""")]
    [InlineData("""{"sub":"\ud800","scope":"write","exp":1900003600}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600}{}""")]
    [InlineData("""{"sub":"shop","scope":"write","exp":1900003600""")]
    [InlineData("""["sub","shop"]""")]
    [InlineData("null")]
    [InlineData("")]
    public void Verify_ClaimsThatAreUnclear_AreRefused(string claims) =>
        Assert.NotEqual(TokenOutcome.Accepted, Verify(Sign(Header, claims), out _));

    [Theory]
    [InlineData("""{"alg":"none","alg":"HS256"}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"alg":"HS256","typ":"JWE"}""")]
    [InlineData("""{"alg":"HS256"}x""")]
    [InlineData("""[]""")]
    public void Verify_HeaderThatIsUnclear_IsRefused(string header) =>
        Assert.Equal(TokenOutcome.Malformed, Verify(Sign(header, Claims), out _));

    [Fact]
    public void Verify_BrokenUtf8_IsRefused()
    {
        byte[] claims = [.. "{\"sub\":\"shop\",\"scope\":\"write\",\"exp\":1900003600,\"x\":\""u8, 0xC3, (byte)'"', (byte)'}'];

        Assert.Equal(TokenOutcome.ClaimsInvalid, Verify(Sign(Encoding.UTF8.GetBytes(Header), claims, Secret), out _));
    }

    [Fact]
    public void Verify_DeeplyNestedClaims_AreRefused()
    {
        var nested = new string('[', 64) + new string(']', 64);

        var outcome = Verify(Sign(Header, $$"""{"x":{{nested}},"sub":"shop","scope":"write","exp":1900003600}"""), out _);

        Assert.Equal(TokenOutcome.ClaimsInvalid, outcome);
    }

    [Theory]
    [InlineData(1_900_000_001, TokenOutcome.Accepted)]
    [InlineData(1_900_000_000, TokenOutcome.Expired)]
    [InlineData(0, TokenOutcome.Expired)]
    public void Verify_End_IsExact(long end, TokenOutcome expected) =>
        Assert.Equal(expected, Verify(Sign(Header, $$"""{"sub":"shop","scope":"read","exp":{{end}}}"""), out _));

    [Theory]
    [InlineData(0, TokenOutcome.Accepted)]
    [InlineData(30, TokenOutcome.Accepted)]
    [InlineData(31, TokenOutcome.NotYetValid)]
    public void Verify_Beginning_HasALittleLeeway(int seconds, TokenOutcome expected)
    {
        var claims = $$"""{"sub":"shop","scope":"read","exp":1900003600,"nbf":{{1_900_000_000 + seconds}}}""";

        Assert.Equal(expected, Verify(Sign(Header, claims), out _));
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("shop ")]
    [InlineData("_default")]
    public void Verify_SubOfAnotherProject_IsRefused(string project)
    {
        var claims = $$"""{"sub":"{{project}}","scope":"manage","exp":1900003600}""";

        Assert.Equal(TokenOutcome.OtherProject, Verify(Sign(Header, claims), out _));
    }

    private static TokenOutcome Verify(string token, out TokenClaims? claims) =>
        TokenVerifier.Verify(token, "shop", [Key(Secret)], Now, out claims);

    private static SigningSecret Key(string secret) => new("sk_1", secret, Now);

    private static string Sign(string header, string claims, string key = Secret) =>
        Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(claims), key);

    private static string Sign(byte[] header, byte[] claims, string key)
    {
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
