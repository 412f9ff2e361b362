using Microsoft.Win32.SafeHandles;

namespace Selvedge.Streams.Storage;

/// <summary>A directory of the file system, held by one process at a time.</summary>
internal sealed class DirectoryDevice : IStorageDevice, IDisposable
{
    private const string LockName = "lock";

    private readonly string _path;
    private readonly FileStream _lock;

    /// <summary>Opens the directory, which is made if missing.</summary>
    /// <exception cref="StreamStoreException">Another process holds it.</exception>
    public DirectoryDevice(string path)
    {
        _path = path;
        Make(path);
        try
        {
            _lock = new FileStream(
                Path.Combine(path, LockName),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 0
            );
        }
        catch (IOException exception)
        {
            throw new StreamStoreException($"'{path}' is in use by another process, or cannot be written.", exception);
        }
    }

    public IReadOnlyList<string> List() =>
        [.. Directory.EnumerateFiles(_path).Select(Path.GetFileName).OfType<string>().Where(name => name != LockName)];

    public IStorageFile Open(string name) => new DirectoryFile(name, OpenHandle(name, FileMode.Open));

    public IStorageFile Create(string name) => new DirectoryFile(name, OpenHandle(name, FileMode.Create));

    public void Rename(string from, string to) => File.Move(Path.Combine(_path, from), Path.Combine(_path, to), overwrite: true);

    public void Delete(string name) => File.Delete(Path.Combine(_path, name));

    public void SyncDirectory() => DataSync.FlushDirectory(_path);

    public void Dispose() => _lock.Dispose();

    private static void Make(string path)
    {
        // The signing keys of subscriptions are inside.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private SafeFileHandle OpenHandle(string name, FileMode mode) =>
        File.OpenHandle(Path.Combine(_path, name), mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
