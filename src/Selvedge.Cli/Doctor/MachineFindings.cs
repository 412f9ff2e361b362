using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Selvedge.Server.Configuration;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Cli.Doctor;

/// <summary>What the machine gives a server.</summary>
internal static class MachineFindings
{
    /// <summary>A connection takes one for its client, one for its function, and one for a file.</summary>
    private const long EnoughFiles = 16 * 1024;

    /// <summary>Functions take some 20 MiB each, and the runtime its share.</summary>
    private const long BesideTheCache = 256 * 1024 * 1024;

    private const long MiB = 1024 * 1024;

    /// <summary>Whether enough files may be open at once. Linux only; elsewhere there is nothing to say.</summary>
    public static IEnumerable<Finding> OfOpenFiles()
    {
        const string limits = "/proc/self/limits";
        if (!File.Exists(limits))
        {
            yield break;
        }

        const string name = "Max open files";
        var line = File.ReadLines(limits).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? "";
        var value = line.Length > name.Length ? line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0] : "";
        yield return OfOpenFiles(value);
    }

    /// <summary>The same of a limit that is known.</summary>
    public static Finding OfOpenFiles(string limit) =>
        long.TryParse(limit, CultureInfo.InvariantCulture, out var files) && files < EnoughFiles
            ? Finding.Warning(
                "open files",
                $"{files}, which many clients at once exceed; raise it, by `ulimit -n 65536` or LimitNOFILE=65536."
            )
            : Finding.Ok("open files", limit);

    /// <summary>Whether what the settings let the server keep fits into the memory there is, a container's limit included.</summary>
    public static Finding OfMemory(SelvedgeOptions options) => OfMemory(options, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The same of a machine whose memory is known.</summary>
    public static Finding OfMemory(SelvedgeOptions options, long available)
    {
        var kept = options.Cache.MemoryBytes + options.Limits.SmallFileBudgetBytes;
        var message = $"{available / MiB} MiB, of which the cache and small files may take {kept / MiB}";
        return kept + BesideTheCache > available
            ? Finding.Warning("memory", $"{message}. Too little is left for functions; lower Cache:MemoryBytes.")
            : Finding.Ok("memory", message);
    }

    /// <summary>Whether the data directory, or else the nearest one above it that is there, can be written to.</summary>
    public static Finding OfDataDirectory(string dataDirectory)
    {
        const string check = "data directory";
        var path = Path.GetFullPath(dataDirectory);
        var existing = path;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        try
        {
            using (new FileStream(Path.Combine(existing, Path.GetRandomFileName()), Trial)) { }
            return Finding.Ok(check, existing == path ? path : $"{path}, which is made when it is needed");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Finding.Fault(check, $"{path} cannot be written to ({exception.Message}); choose another with --data-dir.");
        }
    }

    /// <summary>Whether the addresses can be listened on.</summary>
    public static IEnumerable<Finding> OfPorts(string urls) =>
        urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(OfPort);

    /// <summary>Whether the sockets of functions find room in the temporary directory's path.</summary>
    public static Finding OfTemporaryDirectory(string path)
    {
        // A socket's path ends at 107 bytes, and functions' names for theirs take up to 50 of them.
        const int room = 57;
        return System.Text.Encoding.UTF8.GetByteCount(path) > room
            ? Finding.Fault(
                "sockets",
                $"the temporary directory {path} is too long for sockets in it; set TMPDIR to a shorter one."
            )
            : Finding.Ok("sockets", path);
    }

    /// <summary>Whether webhooks of streams can be signed.</summary>
    public static Finding OfSignatures()
    {
        using var key = Ed25519Key.TryCreate(new byte[Ed25519Key.KeyBytes]);
        return key is not null
            ? Finding.Ok("openssl", "there, for the signatures of webhooks")
            : Finding.Warning("openssl", "not there, so streams have no webhooks; install OpenSSL 3 (libcrypto).");
    }

    private static FileStreamOptions Trial =>
        new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.DeleteOnClose,
        };

    private static Finding OfPort(string url)
    {
        var uri = new Uri(url.Replace("//*", "//0.0.0.0").Replace("//+", "//0.0.0.0"));
        var address =
            IPAddress.TryParse(uri.IdnHost, out var ip) ? ip
            : uri.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(address, uri.Port);
            listener.Start();
            return Finding.Ok("address", $"{url} is free");
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return Finding.Warning("address", $"{url} is taken, by this server if it runs already; choose another with --urls.");
        }
        catch (SocketException exception)
        {
            return Finding.Fault("address", $"{url} cannot be listened on: {exception.Message}. Choose another with --urls.");
        }
    }
}
