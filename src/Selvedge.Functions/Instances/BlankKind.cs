using Selvedge.Functions.Isolation;

namespace Selvedge.Functions.Instances;

/// <summary>
/// What of a function must be known when its process starts: flags of Node.js. The rest — directory, variables, module — a running
/// process can be told.
/// </summary>
/// <param name="Runtime">Edge functions need a part of <c>node:vm</c> that a flag opens.</param>
/// <param name="MemoryMiB">V8's heap limit is a flag.</param>
internal sealed record BlankKind(FunctionRuntime Runtime, int? MemoryMiB)
{
    /// <summary>Beginnings of variables that Node.js, its libraries or the system's loader read as a process starts, and not again.</summary>
    private static readonly string[] ReadAtStart =
    [
        "NODE_",
        "UV_",
        "LD_",
        "DYLD_",
        "SSL_",
        "OPENSSL_",
        "MALLOC_",
        "GLIBC_",
        "LC_",
    ];

    /// <summary>The kind of blank that can be a function; <see langword="null"/> if the function needs a process started for it.</summary>
    public static BlankKind? Of(FunctionSpec function, FunctionHostOptions options) =>
        // What confines a process to its function is a matter of its start, too.
        options.Isolation is FunctionIsolation.Sandbox
        || options.Permissions is not null
        || function.Environment.Concat(options.Environment).Any(variable => IsReadAtStart(variable.Key))
            ? null
            : new(function.Runtime, function.MemoryMiB);

    /// <summary>The function that a process of this kind is started as.</summary>
    public FunctionSpec ToSpec() =>
        new()
        {
            Name = "(none yet)",
            Runtime = Runtime,
            MemoryMiB = MemoryMiB,
            Directory = AppContext.BaseDirectory,
            Handler = "",
        };

    private static bool IsReadAtStart(string name) =>
        name != "NODE_ENV"
        && (
            name is "LANG" or "HOME" or "PATH" or "TMPDIR"
            || ReadAtStart.Any(start => name.StartsWith(start, StringComparison.Ordinal))
        );
}
