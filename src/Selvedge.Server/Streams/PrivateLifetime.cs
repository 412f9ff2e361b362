using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>Keeps answers about private streams out of the caches between this server and its readers (RFC 9111, section 5.2.2.7).</summary>
/// <remarks>
/// The server's own cache holds one answer for everybody who may read, and asks each who they are. Caches on the way ask nobody, so what
/// leaves is for the one who asked. That is decided as the headers leave: an answer is the same whoever it is for.
/// </remarks>
internal static class PrivateLifetime
{
    private const string Public = "public";
    private const string Private = "private";

    /// <summary>Marks the answer, whatever makes it.</summary>
    public static void Keep(HttpResponse response) => response.OnStarting(Mark, response);

    /// <summary>The value of a private answer's <c>Cache-Control</c>.</summary>
    public static string Of(string cacheControl) =>
        cacheControl.StartsWith(Public, StringComparison.Ordinal) ? Private + cacheControl[Public.Length..]
        : cacheControl.Length == 0 || cacheControl.Contains("no-store", StringComparison.Ordinal) ? cacheControl
        : $"{Private}, {cacheControl}";

    private static Task Mark(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.CacheControl = Of(headers.CacheControl.ToString());
        return Task.CompletedTask;
    }
}
