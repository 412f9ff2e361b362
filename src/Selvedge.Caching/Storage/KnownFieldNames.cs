using System.Collections.Frozen;

namespace Selvedge.Caching.Storage;

/// <summary>Numbers for the names that most responses have, in the two spellings in which they come.</summary>
/// <remarks>Only in memory: the numbers mean nothing to another run.</remarks>
internal static class KnownFieldNames
{
    private static readonly string[] Names = InBothSpellings(
        "Accept-Ranges",
        "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers",
        "Age",
        "Alt-Svc",
        "Cache-Control",
        "CDN-Cache-Control",
        "Content-Disposition",
        "Content-Encoding",
        "Content-Language",
        "Content-Length",
        "Content-Location",
        "Content-Security-Policy",
        "Content-Type",
        "Cross-Origin-Opener-Policy",
        "Date",
        "ETag",
        "Expires",
        "Last-Modified",
        "Link",
        "Location",
        "Permissions-Policy",
        "Pragma",
        "Referrer-Policy",
        "Server",
        "Set-Cookie",
        "Strict-Transport-Security",
        "Vary",
        "Vercel-CDN-Cache-Control",
        "Vercel-Cache-Tag",
        "Via",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "X-Powered-By",
        "X-XSS-Protection"
    );

    private static readonly FrozenDictionary<string, byte> Numbers = Names
        .Select((name, index) => KeyValuePair.Create(name, (byte)(index + 1)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The number of a name; 0 if it has none.</summary>
    public static byte NumberOf(string name) => Numbers.GetValueOrDefault(name);

    /// <summary>The name that has a number.</summary>
    public static string ByNumber(byte number) => Names[number - 1];

    private static string[] InBothSpellings(params string[] names) =>
        [.. names, .. names.Select(name => name.ToLowerInvariant())];
}
