using System.Globalization;
using Selvedge.Functions.Runtimes;

namespace Selvedge.Functions.Isolation;

/// <summary>Composes the command line that runs a program in a sandbox of bubblewrap. Pure, but for looking at what the system has.</summary>
/// <remarks>
/// There is nothing in a sandbox that is not put there: programs and libraries of the system, what a program needs of <c>/etc</c> to
/// resolve names and check certificates, the files that are asked for, an empty <c>/tmp</c>. Other processes are invisible, the server
/// and its environment among them; capabilities and the terminal are gone.
/// <para>
/// <c>--die-with-parent</c> is left out on purpose: the kernel takes the parent to be the thread that started the process, and threads of
/// the pool come and go. A host process notices by its control connection that the server is gone.
/// </para>
/// </remarks>
internal static class Sandbox
{
    /// <summary>The home and temporary directory within.</summary>
    public const string TemporaryDirectory = "/tmp";

    private static readonly string[] SystemDirectories =
    [
        "/usr",
        "/bin",
        "/sbin",
        "/lib",
        "/lib32",
        "/lib64",
        "/nix/store",
        "/gnu/store",
    ];

    // Not the whole directory: it holds keys, and what else this user may read.
    private static readonly string[] SystemFiles =
    [
        "/etc/alternatives",
        "/etc/ca-certificates",
        "/etc/crypto-policies",
        "/etc/group",
        "/etc/host.conf",
        "/etc/hosts",
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/etc/mime.types",
        "/etc/nsswitch.conf",
        "/etc/passwd",
        "/etc/pki/ca-trust",
        "/etc/pki/tls/certs",
        "/etc/protocols",
        "/etc/resolv.conf",
        "/etc/services",
        "/etc/ssl/certs",
        "/etc/ssl/openssl.cnf",
        "/etc/timezone",
    ];

    /// <summary>The arguments of bubblewrap, up to the program that it is to run.</summary>
    /// <param name="options">How sandboxes are made.</param>
    /// <param name="readable">Files and directories that the program may read.</param>
    /// <param name="writable">Directories that it may write to.</param>
    /// <param name="sockets">Sockets that it may connect to, as far as they are there.</param>
    /// <param name="workingDirectory">Where it starts; one of those.</param>
    public static IEnumerable<string> Arguments(
        SandboxOptions options,
        IEnumerable<string> readable,
        IEnumerable<string> writable,
        IEnumerable<string> sockets,
        string workingDirectory
    )
    {
        string[] arguments =
        [
            "--unshare-all",
            .. options.Network ? ["--share-net"] : Array.Empty<string>(),
            "--new-session",
            .. Words("--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev"),
            .. Words("--size", options.TemporaryBytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", TemporaryDirectory),
            .. SystemDirectories.SelectMany(OfSystem),
            .. SystemFiles.SelectMany(path => Words("--ro-bind-try", path, path)),
            .. readable.Where(path => !IsOfSystem(path)).SelectMany(path => Words("--ro-bind", path, path)),
            .. writable.SelectMany(path => Words("--bind", path, path)),
            .. sockets.SelectMany(path => Words("--bind-try", path, path)),
            .. Words("--chdir", workingDirectory, "--"),
        ];
        return arguments;
    }

    /// <summary>The program that makes sandboxes; <see langword="null"/> if it is not there.</summary>
    public static string? FindProgram(SandboxOptions options, string? searchPath) =>
        Executable.Find(options.BubblewrapPath, searchPath);

    // On most systems /bin and its kin are links into /usr.
    private static string[] OfSystem(string path) =>
        new FileInfo(path).LinkTarget is { } target ? Words("--symlink", target, path)
        : Directory.Exists(path) ? Words("--ro-bind", path, path)
        : [];

    private static bool IsOfSystem(string path) =>
        SystemDirectories.Any(directory => path.StartsWith(directory + "/", StringComparison.Ordinal));

    private static string[] Words(params string[] words) => words;
}
