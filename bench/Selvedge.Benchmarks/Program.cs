using System.Globalization;
using BenchmarkDotNet.Running;
using Selvedge.Benchmarks;
using Selvedge.Benchmarks.Caching;
using Selvedge.Benchmarks.Crowds;
using Selvedge.Benchmarks.Hits;
using Selvedge.Benchmarks.Streams;

switch (args)
{
    // Allocated bytes against budgets.json: seconds.
    case ["budgets"]:
        return await AllocationBudgets.CheckAsync(Console.Out);

    // Fills the memory tier with a million responses: a minute.
    case ["memory"]:
        return EntryMemory.Measure(Console.Out);

    // Runs traces through the memory tier: half a minute.
    case ["hit-rates"]:
        return HitRates.Measure(Console.Out);

    // Opens a disk store of 100,000 entries: half a minute.
    case ["disk"]:
        await DiskStoreStart.RunAsync(Console.Out);
        return 0;

    // The stream engine against the flushes of the disk it writes to, in the directory named or a temporary one.
    case ["engine", ..]:
        await EngineAppends.RunAsync(args.ElementAtOrDefault(1), Console.Out);
        return 0;
    case ["shards", ..]:
        await EngineAppends.RunShardsAsync(args.ElementAtOrDefault(1), Console.Out);
        return 0;

    // Serve the scripts in bench/Load.
    case ["bare", var port]:
        await BareKestrel.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
        return 0;
    case ["crowd"]:
        await CrowdCommand.RunAsync(Console.In, Console.Out);
        return 0;
    case ["crowd-origin"]:
        await CrowdOrigin.RunAsync(Console.In, Console.Out);
        return 0;

    default:
        BenchmarkSwitcher.FromAssembly(typeof(AllocationBudgets).Assembly).Run(args);
        return 0;
}
