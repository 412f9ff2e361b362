using BenchmarkDotNet.Running;
using Selvedge.Benchmarks;

// "budgets" measures allocated bytes against budgets.json and takes seconds; anything else goes to BenchmarkDotNet.
if (args is ["budgets"])
    return AllocationBudgets.Check(Console.Out);

BenchmarkSwitcher.FromAssembly(typeof(AllocationBudgets).Assembly).Run(args);
return 0;
