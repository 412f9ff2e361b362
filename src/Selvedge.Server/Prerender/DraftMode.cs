using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Prerender;

/// <summary>Draft (preview) mode: a cookie that carries the prerender's own token asks for an answer made for this visitor.</summary>
internal static class DraftMode
{
    private const string CookieName = "__prerender_bypass";

    /// <summary>Whether the request carries the token; compared in constant time.</summary>
    public static bool IsOn(HttpRequest request, string? token) =>
        token is { Length: > 0 }
        && request.Cookies.TryGetValue(CookieName, out var presented)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(token));
}
