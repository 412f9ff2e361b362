namespace Selvedge.Caching.Tests.Storage;

/// <summary>Requests as the web makes them: a few keys often, most seldom, and now and then a crawler.</summary>
internal static class ZipfTrace
{
    /// <summary>A few keys often, most seldom.</summary>
    public static List<string> Of(int seed, int requests, int keys) => Make(seed, requests, keys, hasScans: false);

    /// <summary>The same, and now and then a crawler that asks for five hundred things nobody else wants.</summary>
    public static List<string> WithScans(int seed, int requests, int keys) => Make(seed, requests, keys, hasScans: true);

    private static List<string> Make(int seed, int requests, int keys, bool hasScans)
    {
#pragma warning disable CA5394 // A trace is to be repeatable, not secret.
        var random = new Random(seed);
        var weights = new double[keys];
        var sum = 0.0;
        for (var i = 0; i < keys; i++)
        {
            weights[i] = sum += 1 / Math.Pow(i + 1, 0.9);
        }

        var trace = new List<string>(requests);
        while (trace.Count < requests)
        {
            if (hasScans && random.Next(4000) == 0)
            {
                trace.AddRange(Enumerable.Range(0, 500).Select(i => $"/scan/{trace.Count}/{i}"));
            }

            var at = Array.BinarySearch(weights, random.NextDouble() * sum);
            trace.Add($"/{(at < 0 ? ~at : at)}");
        }
#pragma warning restore CA5394
        return trace;
    }
}
