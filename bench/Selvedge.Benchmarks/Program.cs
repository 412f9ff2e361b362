using BenchmarkDotNet.Running;
using Selvedge.Benchmarks;
using Selvedge.Benchmarks.Caching;
using Selvedge.Benchmarks.Crowds;

// "memory" fills the memory tier with a million responses and takes a minute; "hit-rates" runs traces through it and takes half a minute; "disk" opens a disk store of 100,000 entries and takes half a minute; "budgets" measures allocated bytes against budgets.json and takes seconds; "crowd" and "crowd-origin" serve the scripts in bench/Load; anything else goes to BenchmarkDotNet.
if (args is ["budgets"])
    return AllocationBudgets.Check(Console.Out);

if (args is ["memory"])
    return EntryMemory.Measure(Console.Out);

if (args is ["hit-rates"])
    return HitRates.Measure(Console.Out);

if (args is ["disk"])
{
    await DiskStoreStart.RunAsync(Console.Out);
    return 0;
}

if (args is ["crowd"])
{
    await CrowdCommand.RunAsync(Console.In, Console.Out);
    return 0;
}

if (args is ["crowd-origin"])
{
    await CrowdOrigin.RunAsync(Console.In, Console.Out);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(AllocationBudgets).Assembly).Run(args);
return 0;
