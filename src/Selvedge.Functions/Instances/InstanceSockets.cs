using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Selvedge.Functions.Instances;

/// <summary>
/// Hands out socket paths, each once: a connection that was meant for a process that is gone can never reach the one after it.
/// </summary>
internal sealed class InstanceSockets : IDisposable
{
    /// <summary><c>sun_path</c> of Linux holds 108 bytes, the last of them NUL.</summary>
    private const int MaxPathBytes = 107;

    private static readonly string LongestName = string.Concat("/", long.MaxValue.ToString(), "/control");

    private readonly string _directory;
    private readonly FileStream _lock;
    private long _last;

    /// <summary>Creates the directory if need be, for this user alone.</summary>
    /// <exception cref="ArgumentException">The path is too long for sockets.</exception>
    /// <exception cref="IOException">Another server uses the directory.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no Unix sockets that Node.js can use.</exception>
    public InstanceSockets(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Functions need Unix sockets: run the server on Linux or macOS, or in WSL.");
        }

        _directory = Path.GetFullPath(directory);
        var excess = Encoding.UTF8.GetByteCount(_directory) + LongestName.Length - MaxPathBytes;
        if (excess > 0)
        {
            throw new ArgumentException(
                $"The socket directory '{_directory}' is {excess} bytes too long: a socket's path ends at {MaxPathBytes} bytes.",
                nameof(directory)
            );
        }

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(_directory, ownerOnly);
        File.SetUnixFileMode(_directory, ownerOnly);
        _lock = SocketDirectories.Lock(_directory);
    }

    /// <summary>
    /// The paths of the next instance: where it serves, and where it finds the server. They lie in a directory of its own, the one place
    /// of this host that a function in a sandbox is shown.
    /// </summary>
    public (string Http, string Control) Next()
    {
        var own = Path.Combine(_directory, Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture));
        // Nobody else enters the one above it.
        Directory.CreateDirectory(own);
        return (Path.Combine(own, "http"), Path.Combine(own, "control"));
    }

    /// <summary>Listens on a path for the one connection that is to come.</summary>
    public static Socket Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Removes the directory, if it is empty.</summary>
    public void Dispose()
    {
        Delete(_lock.Name);
        _lock.Dispose();
        try
        {
            Directory.Delete(_directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else has something there.
        }
    }

    /// <summary>Removes a socket's file; one that is gone already is fine.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left of it in the directory does no harm.
        }
    }

    /// <summary>Removes the directory that a socket lies in, and whatever a function has left there.</summary>
    public static void DeleteDirectoryOf(string path)
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone already, or held by what the function has left running.
        }
    }
}
