using System.Diagnostics;
using System.Globalization;
using Selvedge.Functions.Isolation;
using Selvedge.Functions.Runtimes;

namespace Selvedge.Functions.Processes;

/// <summary>Composes the command that starts a host process.</summary>
internal static class NodeCommand
{
    /// <summary>Room for the fields that the channel adds to a header section whose size has been checked.</summary>
    private const int HeaderSlack = 1024;

    /// <summary>The host program's directory, which lies beside the assemblies of whatever references this one.</summary>
    private static string HostDirectory => Path.Combine(AppContext.BaseDirectory, "function-host");

    /// <summary>Makes the command for one function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="options">The host's settings.</param>
    /// <param name="controlSocket">The socket to connect to; in its directory the process makes its own.</param>
    public static ProcessStartInfo Create(FunctionSpec function, FunctionHostOptions options, string controlSocket)
    {
        var directory = Path.GetFullPath(function.Directory);
        var own = Path.GetDirectoryName(controlSocket)!;
        var sandboxed = options.Isolation is FunctionIsolation.Sandbox;
        // The name would be looked up in the sandbox, where it may be anything.
        var node = sandboxed ? Executable.Find(options.NodePath, SearchPath) ?? options.NodePath : options.NodePath;
        var command = new ProcessStartInfo(sandboxed ? options.Sandbox.BubblewrapPath : node)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What a function may write to is its temporary directory, and where it has none for itself that is the socket's.
        var temporary =
            sandboxed ? Sandbox.TemporaryDirectory
            : options.Permissions is null ? null
            : own;
        command.Environment.Clear();
        foreach (var (name, value) in FunctionEnvironment.Create(function, options, name => Inherit(name, sandboxed, temporary)))
        {
            command.Environment[name] = value;
        }

        string[] wrapper = sandboxed
            ?
            [
                .. Sandbox.Arguments(
                    options.Sandbox,
                    [node, HostDirectory, directory],
                    [own],
                    Sockets(function, options),
                    directory
                ),
                node,
            ]
            : [];
        string[] permissions =
            options
                .Permissions?.Flags([HostDirectory, directory], sandboxed ? [own, Sandbox.TemporaryDirectory] : [own])
                .ToArray()
            ?? [];
        string[] program = [Path.Combine(HostDirectory, "host.mjs"), controlSocket];
        foreach (var argument in wrapper.Concat(Flags(function, options)).Concat(permissions).Concat(program))
        {
            command.ArgumentList.Add(argument);
        }

        return command;
    }

    private static string? SearchPath => Environment.GetEnvironmentVariable("PATH");

    private static string? Inherit(string name, bool sandboxed, string? temporary) =>
        name switch
        {
            "TMPDIR" when temporary is not null => temporary,
            // The server's own is not there.
            "HOME" when sandboxed => temporary,
            _ => Environment.GetEnvironmentVariable(name),
        };

    private static string[] Sockets(FunctionSpec function, FunctionHostOptions options) =>
        [.. new[] { options.Loopback?.SocketPath, function.DataCache?.Socket }.OfType<string>()];

    private static IEnumerable<string> Flags(FunctionSpec function, FunctionHostOptions options)
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
