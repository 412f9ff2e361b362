using Selvedge.BuildOutput;
using Selvedge.Prerender;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Caching;

namespace Selvedge.Server.Prerender;

/// <summary>Takes from a request what a prerender's function may know of it.</summary>
internal static class RenderScenes
{
    /// <summary>The scene of a request.</summary>
    public static RenderScene Of(AdmittedRequest request, RouteDecision decision, PrerenderAsset prerender) =>
        new()
        {
            Scheme = request.Http.Request.Scheme,
            Authority = CacheKeys.AuthorityOf(request),
            ClientPath = request.Target.Path,
            Query = decision.Query,
            // What the answer does not depend on must not reach its function.
            RouteMatches = prerender.Config.AllowQuery is { Count: 0 } ? null : decision.RouteMatches,
            Headers = prerender.Config.AllowHeader is { Count: > 0 } allowed ? HeadersOf(request, allowed) : [],
        };

    private static List<KeyValuePair<string, string>> HeadersOf(AdmittedRequest request, IReadOnlyList<string> allowed)
    {
        var lines = new List<KeyValuePair<string, string>>();
        foreach (var name in allowed)
        {
            if (IsOurs(name))
            {
                continue;
            }

            foreach (var value in request.Http.Request.Headers[name])
            {
                lines.Add(new(name, value ?? ""));
            }
        }

        return lines;
    }

    // What this server says itself, to every function: next to nothing of Next.js' own list remains.
    private static bool IsOurs(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("x-prerender-", StringComparison.OrdinalIgnoreCase)
        || ReservedHeaders.Contains(name);
}
