using Selvedge.Routing;
using Selvedge.Server.Admission;

namespace Selvedge.Server.Answers;

/// <summary>Sends clients of a Next.js site from <c>/a//b</c> to <c>/a/b</c>, as Next.js itself does before it routes.</summary>
/// <remarks>
/// Its functions would do so too, but by then routing has put its own parameters in the query, and the client would be sent to them.
/// Other frameworks give repeated slashes a meaning, and keep them.
/// </remarks>
internal static class RepeatedSlashes
{
    private const string NextSlug = "nextjs";

    /// <summary>Whether the site's framework has no such path.</summary>
    public static bool AreRefusedBy(AdmittedRequest request) =>
        request.Target.Path.Contains("//", StringComparison.Ordinal) && request.Deployment.Deployment.Framework?.Slug == NextSlug;

    /// <summary>Sends the client to the path with single slashes.</summary>
    public static Task RedirectAsync(AdmittedRequest request)
    {
        var (path, query) = request.Target;
        var single =
            "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)) + (path.EndsWith('/') ? "/" : "");
        return RedirectAnswer.SendAsync(
            request,
            new RouteDecision
            {
                Outcome = RouteOutcome.Redirect,
                Status = 308,
                Location = query.Length == 0 ? single : $"{single}?{query}",
                RequestPath = path,
                RoutedPath = path,
                Query = query,
            }
        );
    }
}
