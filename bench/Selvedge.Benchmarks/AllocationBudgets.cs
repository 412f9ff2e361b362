using System.Text.Json;
using Selvedge.Benchmarks.Routing;

namespace Selvedge.Benchmarks;

/// <summary>Compares what an operation allocates with the budget that is committed for it.</summary>
internal static class AllocationBudgets
{
    private const int Warmup = 2_000;
    private const int Measured = 1_000;

    /// <summary>Measures everything that has a budget. Returns 1 if anything exceeds its own.</summary>
    public static int Check(TextWriter output)
    {
        var budgets = JsonSerializer.Deserialize<Dictionary<string, long>>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json"))
        )!;
        var exceeded = 0;
        foreach (var (name, operation) in RoutingOperations.All())
        {
            var bytes = Allocated(operation);
            var budget = budgets.GetValueOrDefault(name, -1);
            var fits = bytes <= budget;
            exceeded += fits ? 0 : 1;
            output.WriteLine($"{(fits ? "ok  " : "OVER")} {name}: {bytes} bytes, budget {budget}");
        }

        return exceeded == 0 ? 0 : 1;
    }

    private static long Allocated(Action operation)
    {
        for (var i = 0; i < Warmup; i++)
            operation();

        // The least of several rounds: what the runtime does now and then beside the operation is not its own.
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Measured; i++)
                operation();
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Measured);
        }

        return least;
    }
}
