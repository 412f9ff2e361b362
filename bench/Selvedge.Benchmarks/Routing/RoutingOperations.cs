using Selvedge.Routing;

namespace Selvedge.Benchmarks.Routing;

/// <summary>The decisions that have an allocation budget.</summary>
internal static class RoutingOperations
{
    public static IEnumerable<(string Name, Action Operation)> All()
    {
        foreach (var remembered in new[] { false, true })
        {
            var router = BenchmarkTables.Next16(remembered ? 4096 : 0);
            var suffix = remembered ? "remembered" : "fresh";
            yield return ($"routing/next-16/static/{suffix}", Decide(router, "/_next/static/chunks/a.js"));
            yield return ($"routing/next-16/prerender/{suffix}", Decide(router, "/blog/a"));
            yield return ($"routing/next-16/dynamic/{suffix}", Decide(router, "/blog/hello-world"));
            yield return ($"routing/next-16/not-found/{suffix}", Decide(router, "/nowhere"));
        }

        foreach (var count in new[] { 10, 100, 1000 })
        {
            var router = BenchmarkTables.Rewrites(count, memorySize: 0);
            yield return ($"routing/{count}-rewrites/static/fresh", Decide(router, "/logo.png"));
            yield return ($"routing/{count}-rewrites/last/fresh", Decide(router, $"/section{count - 2}/7"));
        }
    }

    private static Action Decide(Router router, string path)
    {
        var request = BenchmarkTables.Get(path);
        return () =>
        {
            var decision = router.RouteAsync(request, middleware: null, CancellationToken.None);
            if (!decision.IsCompletedSuccessfully)
                throw new InvalidOperationException("A decision without middleware is made at once.");
        };
    }
}
