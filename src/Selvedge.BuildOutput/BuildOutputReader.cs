using Selvedge.BuildOutput.Bundles;
using Selvedge.BuildOutput.Configuration;
using Selvedge.BuildOutput.StaticFiles;
using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>Reads a Vercel Build Output (version 3), the <c>.vercel/output</c> that <c>vercel build</c> and framework adapters write.</summary>
public static class BuildOutputReader
{
    /// <summary>Reads and checks all of it, and stages the functions that need it.</summary>
    /// <param name="options">What to read.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The deployment, or all that is wrong with it. Bad input never throws.</returns>
    public static async ValueTask<BuildOutputResult> ReadAsync(BuildOutputOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);

        // It is all file system calls, which have no asynchronous form, and hashing: the caller's thread is spared both.
        return await Task.Run(() => Read(options, cancellationToken), cancellationToken);
    }

    private static BuildOutputResult Read(BuildOutputOptions options, CancellationToken cancellationToken)
    {
        // 1. Where is it?
        var faults = new FaultLog(options.Limits.MaxFaults);
        if (OutputLocator.FindOutput(options.Directory, faults) is not { } root)
            return new() { Faults = faults.ToList() };
        if (OutputLocator.FindProjectRoot(options.ProjectRoot, root, faults) is not { } projectRoot)
            return new() { Faults = faults.ToList() };
        var reading = new OutputReading(root, projectRoot, options.Limits, faults);

        // 2. What does it say, and which files does it have? Every step reports its faults and goes on, so that all are seen at once.
        var config = OutputConfigReader.Read(reading);
        var files = StaticFileReader.Read(config.Overrides, reading, cancellationToken);
        var functions = FunctionReader.Read(reading, cancellationToken);
        var routes = CompileRoutes(config, options.Routing, faults);

        // 3. Who answers where two outputs have one path?
        var outputs = new OutputMerge(files, functions, reading.Notes);
        CheckReferences(config, outputs, reading);
        if (faults.Any)
            return new() { Faults = faults.ToList() };

        // 4. Read, stage and put together.
        var assembly = new DeploymentAssembly(reading, outputs, options.StagingDirectory);
        var deployment = assembly.Assemble(config, routes, cancellationToken);
        return faults.Any ? new() { Faults = faults.ToList() } : new() { Deployment = deployment };
    }

    private static RouteTable CompileRoutes(OutputConfig config, RoutingOptions options, FaultLog faults)
    {
        var routeFaults = new List<RouteFault>();
        var table = RouteTable.Compile(config.Routing, options, routeFaults);
        foreach (var fault in routeFaults)
            faults.Add(OutputConfigReader.FileName, fault.Key, fault.Message);
        return table;
    }

    private static void CheckReferences(OutputConfig config, OutputMerge outputs, OutputReading reading)
    {
        foreach (var route in config.Routing.Routes)
        {
            if (route.MiddlewarePath is { } name && !outputs.IsFunction($"/{name.TrimStart('/')}"))
                reading.Faults.Add(
                    OutputConfigReader.FileName,
                    $"routes[{route.Index}].middlewarePath",
                    $"Names {name}, but there is no such function; run `vercel build` again."
                );
        }

        foreach (var prerender in outputs.Prerenders)
        {
            if (prerender.Prerender!.Config.Chain is { } chain && !outputs.Has(chain.OutputPath))
                reading.Notes.Warn(
                    $"{prerender.Prerender.File}: chain.outputPath names {chain.OutputPath}, which does not exist."
                );
        }
    }
}
