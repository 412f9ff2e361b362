using Microsoft.AspNetCore.Http;
using Selvedge.Streams.Access;

namespace Selvedge.Server.Streams;

/// <summary>Why a request may not do what it asks for: the error, and what would help (RFC 6750, section 3).</summary>
internal sealed class AccessRefusal
{
    private const string Realm = "Bearer realm=\"streams\"";
    private const string InvalidToken = $"{Realm}, error=\"invalid_token\"";

    /// <summary>No token was presented.</summary>
    public static readonly AccessRefusal Missing = new(
        401,
        "UNAUTHORIZED",
        "This needs a token of the project: send it as Authorization: Bearer.",
        Realm
    );

    /// <summary>The token is none the project accepts. It is not said why: a guesser would learn from it.</summary>
    public static readonly AccessRefusal Invalid = new(
        401,
        "UNAUTHORIZED",
        "The token is none that this project accepts.",
        InvalidToken
    );

    public static readonly AccessRefusal Expired = new(
        401,
        "TOKEN_EXPIRED",
        "The token has ended; come back with another one.",
        InvalidToken
    );

    public static readonly AccessRefusal NotYetValid = new(
        401,
        "TOKEN_NOT_YET_VALID",
        "The token does not count yet; compare the clocks.",
        InvalidToken
    );

    public static readonly AccessRefusal OtherProject = new(
        403,
        "FORBIDDEN",
        "The token was made for another project.",
        $"{Realm}, error=\"insufficient_scope\""
    );

    public static readonly AccessRefusal OtherStream = new(
        403,
        "FORBIDDEN",
        "The token is for one stream, and this is about another one.",
        $"{Realm}, error=\"insufficient_scope\""
    );

    public static readonly AccessRefusal ReaderKey = new(
        403,
        "READER_KEY_INVALID",
        "The rk of the URL is not the stream's reader key; a HEAD of the stream tells it.",
        challenge: null
    );

    private static readonly AccessRefusal NeedsWrite = Insufficient(AccessScope.Write);
    private static readonly AccessRefusal NeedsManage = Insufficient(AccessScope.Manage);

    private readonly StreamError _error;
    private readonly string? _challenge;

    private AccessRefusal(int status, string code, string sentence, string? challenge)
    {
        _error = new StreamError(status, code, sentence);
        _challenge = challenge;
    }

    /// <summary>The code programs are told.</summary>
    public string Code => _error.Code;

    /// <summary>The refusal of a token; null when it is accepted.</summary>
    public static AccessRefusal? Of(TokenOutcome outcome) =>
        outcome switch
        {
            TokenOutcome.Accepted => null,
            TokenOutcome.Expired => Expired,
            TokenOutcome.NotYetValid => NotYetValid,
            TokenOutcome.OtherProject => OtherProject,
            _ => Invalid,
        };

    /// <summary>The refusal of a token whose scope does not reach.</summary>
    public static AccessRefusal OfScope(AccessScope needed) => needed is AccessScope.Manage ? NeedsManage : NeedsWrite;

    /// <summary>Answers with it.</summary>
    public Task WriteAsync(HttpContext http)
    {
        if (_challenge is not null)
            http.Response.Headers.WWWAuthenticate = _challenge;
        return _error.WriteAsync(http);
    }

    private static AccessRefusal Insufficient(AccessScope scope) =>
        new(
            403,
            "FORBIDDEN",
            $"The token's scope does not reach: this needs {TokenMint.NameOf(scope)}.",
            $"{Realm}, error=\"insufficient_scope\", scope=\"{TokenMint.NameOf(scope)}\""
        );
}
