using Microsoft.Win32.SafeHandles;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Tests.Storage.Disk;

/// <summary>A file system on which chosen calls fail.</summary>
internal sealed class FaultyFiles : IDiskFiles
{
    private readonly DiskFiles _files = new();

    /// <summary>Names the call that fails from now on.</summary>
    public string? Failing { get; set; }

    /// <summary>Whether the process ends at the next deletion, as far as a test can have it.</summary>
    public bool EndsAtDeletion { get; set; }

    /// <summary>How many bytes may still be written.</summary>
    public long Room { get; set; } = long.MaxValue;

    public SafeFileHandle Create(string path) => Try(nameof(Create)) ? _files.Create(path) : throw Fault();

    public ValueTask WriteAsync(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset)
    {
        Room -= bytes.Length;
        return Try(nameof(WriteAsync)) && Room >= 0 ? _files.WriteAsync(file, bytes, offset) : ValueTask.FromException(Fault());
    }

    public void Flush(SafeFileHandle file)
    {
        if (!Try(nameof(Flush)))
        {
            throw Fault();
        }

        _files.Flush(file);
    }

    public void FlushDirectory(string path)
    {
        if (!Try(nameof(FlushDirectory)))
        {
            throw Fault();
        }

        _files.FlushDirectory(path);
    }

    public void Move(string from, string to)
    {
        if (!Try(nameof(Move)))
        {
            throw Fault();
        }

        _files.Move(from, to);
    }

    public void Delete(string path)
    {
        if (EndsAtDeletion)
        {
            throw new InvalidOperationException("The process has ended.");
        }

        if (!Try(nameof(Delete)))
        {
            throw Fault();
        }

        _files.Delete(path);
    }

    private bool Try(string call) => Failing != call;

    private static IOException Fault() => new("No space left on device");
}
