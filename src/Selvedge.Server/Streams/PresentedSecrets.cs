using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Streams;

/// <summary>What a request shows to be let in: its token, and the reader key of its URL.</summary>
/// <remarks>
/// <c>EventSource</c> cannot send headers, so a read may carry its token in the query. Both are taken out of the request here, before
/// anything makes a cache key, a log line, an error or another URL of it.
/// </remarks>
internal readonly record struct PresentedSecrets(string? Token, string? ReaderKey)
{
    private const string Scheme = "Bearer ";
    private const string TokenParameter = "token";
    private const string ReaderKeyParameter = "rk";

    /// <summary>Takes what a request shows.</summary>
    public static PresentedSecrets TakeFrom(HttpRequest request)
    {
        var token = OfHeader(request);
        var query = request.QueryString.Value;
        if (
            string.IsNullOrEmpty(query)
            || !(
                Mentions(query, TokenParameter)
                || Mentions(query, ReaderKeyParameter)
                || query.Contains('%', StringComparison.Ordinal)
            )
        )
            return new PresentedSecrets(token, null);

        var parameters = request.Query;
        string? queryToken = HttpMethods.IsGet(request.Method) ? parameters[TokenParameter] : default;
        string? readerKey = parameters[ReaderKeyParameter];
        request.QueryString = QueryString.Create(parameters.Where(static parameter => !IsSecret(parameter.Key)));
        // One that uses both is not asked which it means: the header is what everything else of the request came with.
        return new PresentedSecrets(token ?? queryToken, readerKey);
    }

    private static string? OfHeader(HttpRequest request)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count == 0)
            return null;
        var value = authorization.ToString();
        return value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim(' ') : "";
    }

    private static bool Mentions(string query, string parameter) =>
        query.Contains(parameter + "=", StringComparison.OrdinalIgnoreCase);

    private static bool IsSecret(string parameter) =>
        parameter.Equals(TokenParameter, StringComparison.OrdinalIgnoreCase)
        || parameter.Equals(ReaderKeyParameter, StringComparison.OrdinalIgnoreCase);
}
