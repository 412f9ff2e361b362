using System.Text.Json;
using Selvedge.Benchmarks.Hits;
using Selvedge.Benchmarks.Routing;

namespace Selvedge.Benchmarks;

/// <summary>Compares what an operation allocates with the budget that is committed for it.</summary>
internal static class AllocationBudgets
{
    private const int Warmup = 2_000;
    private const int Measured = 1_000;

    /// <summary>Measures everything that has a budget. Returns 1 if anything exceeds its own.</summary>
    public static async Task<int> CheckAsync(TextWriter output)
    {
        var budgets = JsonSerializer.Deserialize<Dictionary<string, long>>(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "budgets.json"))
        )!;
        var exceeded = 0;
        foreach (var (name, operation) in RoutingOperations.All())
        {
            Report(name, Allocated(operation, GC.GetAllocatedBytesForCurrentThread));
        }

        BareKestrel.CompleteSocketsInline();
        await using var site = await HitSite.StartAsync();
        foreach (var (name, operation) in HitOperations.All(site.EndPoint))
        {
            // The server's threads allocate, and only this request has them do so.
            Report(name, Allocated(operation, static () => GC.GetTotalAllocatedBytes(precise: true)));
        }

        return exceeded == 0 ? 0 : 1;

        void Report(string name, long bytes)
        {
            var budget = budgets.GetValueOrDefault(name, -1);
            var fits = bytes <= budget;
            exceeded += fits ? 0 : 1;
            output.WriteLine($"{(fits ? "ok  " : "OVER")} {name}: {bytes} bytes, budget {budget}");
        }
    }

    private static long Allocated(Action operation, Func<long> allocated)
    {
        for (var i = 0; i < Warmup; i++)
            operation();

        // The least of several rounds: what the runtime does now and then beside the operation is not its own.
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = allocated();
            for (var i = 0; i < Measured; i++)
                operation();
            least = Math.Min(least, (allocated() - before) / Measured);
        }

        return least;
    }
}
