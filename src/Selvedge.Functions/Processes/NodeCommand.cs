using System.Diagnostics;
using System.Globalization;

namespace Selvedge.Functions.Processes;

/// <summary>Composes the command that starts a host process.</summary>
internal static class NodeCommand
{
    /// <summary>Room for the fields that the channel adds to a header section whose size has been checked.</summary>
    private const int HeaderSlack = 1024;

    /// <summary>The host program, which lies beside the assemblies of whatever references this one.</summary>
    private static string HostProgram => Path.Combine(AppContext.BaseDirectory, "function-host", "host.mjs");

    /// <summary>Makes the command for one function.</summary>
    public static ProcessStartInfo Create(FunctionSpec function, FunctionHostOptions options, string controlSocket)
    {
        var command = new ProcessStartInfo(options.NodePath)
        {
            WorkingDirectory = function.Directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        command.Environment.Clear();
        foreach (var (name, value) in FunctionEnvironment.Create(function, options, Environment.GetEnvironmentVariable))
        {
            command.Environment[name] = value;
        }

        foreach (var argument in Arguments(function, options))
        {
            command.ArgumentList.Add(argument);
        }

        command.ArgumentList.Add(HostProgram);
        command.ArgumentList.Add(controlSocket);
        return command;
    }

    private static IEnumerable<string> Arguments(FunctionSpec function, FunctionHostOptions options)
    {
        yield return Invariant($"--max-http-header-size={options.MaxHeaderBytes + HeaderSlack}");
        if (function.Runtime == FunctionRuntime.Edge)
        {
            // Their modules are loaded into a realm of their own, by the part of node:vm that this opens. It is an experiment to Node.js,
            // and its warnings mean nothing to an edge function's author.
            yield return "--experimental-vm-modules";
            yield return "--no-warnings";
        }

        if (function.MemoryMiB is { } memory)
        {
            // What is left is for the young generation, buffers, code and stacks; AWS's Node.js runtime divides in the same way.
            yield return Invariant($"--max-old-space-size={Math.Max(1, memory * 9L / 10)}");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
