using Selvedge.Routing.Requests;

namespace Selvedge.Routing.Middleware;

/// <summary>Reads the answer of middleware: the headers by which it says what routing shall do.</summary>
internal static class MiddlewareProtocol
{
    private const string Prefix = "x-middleware-";
    private const string RequestPrefix = "x-middleware-request-";

    /// <summary>The cookies that middleware set, for the function that runs next, which must see them already.</summary>
    public const string SetCookieForRequest = "x-middleware-set-cookie";

    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer; <see langword="null"/> if the middleware failed.</param>
    public static MiddlewareVerdict Read(MiddlewareResponse? response)
    {
        if (response is null)
            return MiddlewareVerdict.Failure;

        string? rewrite = null;
        string? location = null;
        List<string>? kept = null;
        var next = response.IsEmpty;
        var requestHeaders = new Dictionary<string, string>(StringComparer.Ordinal);
        var responseHeaders = new List<KeyValuePair<string, string>>();
        foreach (var (rawName, value) in response.Headers)
        {
            var name = rawName.ToLowerInvariant();
            // What could end a header's line is left out, wherever it was meant to go.
            if (!HeaderText.IsName(name) || !HeaderText.IsValue(value))
                continue;

            if (name.StartsWith(RequestPrefix, StringComparison.Ordinal))
                requestHeaders[name[RequestPrefix.Length..]] = value;
            else if (name is SetCookieForRequest)
                requestHeaders[name] = value;
            else if (name is "x-middleware-next")
                next = true;
            else if (name is "x-middleware-rewrite")
                rewrite = value;
            else if (name is "x-middleware-override-headers")
                kept =
                [
                    .. value
                        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Select(static item => item.ToLowerInvariant()),
                ];
            else if (!name.StartsWith(Prefix, StringComparison.Ordinal) && !HeaderNames.IsOfConnection(name))
                responseHeaders.Add(new(name, value));

            if (name is "location")
                location = value;
        }

        var kind = Kind(response, next, rewrite, location);
        if (kind == MiddlewareVerdictKind.Redirect)
            responseHeaders.RemoveAll(static header => header.Key is "location");
        return new MiddlewareVerdict
        {
            Kind = kind,
            Status = response.Status,
            Url = kind == MiddlewareVerdictKind.Rewrite ? rewrite : location,
            KeptRequestHeaders = kept,
            RequestHeaders = requestHeaders,
            ResponseHeaders = responseHeaders,
        };
    }

    private static MiddlewareVerdictKind Kind(MiddlewareResponse response, bool next, string? rewrite, string? location)
    {
        if (rewrite is not null)
            return MiddlewareVerdictKind.Rewrite;
        if (next)
            return MiddlewareVerdictKind.Continue;
        if (location is not null && response.Status is 301 or 302 or 303 or 307 or 308)
            return MiddlewareVerdictKind.Redirect;
        // An error without a word to the client is a failure; one with a body is an answer.
        if (response.Status is < 200 or > 599 || (response.Status == 500 && response.Body is null))
            return MiddlewareVerdictKind.Fail;
        return MiddlewareVerdictKind.Respond;
    }
}
