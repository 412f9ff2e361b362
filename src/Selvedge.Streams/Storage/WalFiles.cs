namespace Selvedge.Streams.Storage;

/// <summary>Gives out write-ahead files and takes them back to be used again.</summary>
/// <remarks>
/// A file is written full of zeros once and then recycled: all of its blocks exist, so a flush has no allocation to record. A file gets its
/// new header before its new name, so a name never promises what is not inside.
/// </remarks>
internal sealed class WalFiles(IStorageDevice device, int fileBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<(string Name, IStorageFile File)> _spares = new();
    private long _lastSpare;

    /// <summary>Called when a file was given out, so that another can be made ready.</summary>
    public Action? Taken { get; set; }

    /// <summary>Takes over the spare files of an earlier life, as far as they have the right length.</summary>
    public void Adopt()
    {
        foreach (var name in device.List())
        {
            if (!FileNames.TryParseSpare(name, out var number))
                continue;
            _lastSpare = Math.Max(_lastSpare, number);
            var file = device.Open(name);
            if (file.Length == fileBytes)
            {
                _spares.Push((name, file));
                continue;
            }

            file.Dispose();
            device.Delete(name);
        }
    }

    /// <summary>Makes the next file to write.</summary>
    public IStorageFile Begin(WalHeader header)
    {
        var (name, file) = TakeSpare() ?? Make();
        header.Write(file);
        file.Flush();
        device.Rename(name, FileNames.Wal(header.Generation));
        device.SyncDirectory();
        Taken?.Invoke();
        return file;
    }

    /// <summary>Makes a file ready before it is needed, if none is.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            if (_spares.Count > 0)
                return;
        }

        var made = Make();
        lock (_gate)
            _spares.Push(made);
    }

    /// <summary>Takes a file back whose content has another durable home.</summary>
    public void Recycle(long generation, IStorageFile file)
    {
        var name = NewSpareName();
        device.Rename(FileNames.Wal(generation), name);
        lock (_gate)
            _spares.Push((name, file));
    }

    public void Dispose()
    {
        foreach (var (_, file) in _spares)
            file.Dispose();
    }

    private (string Name, IStorageFile File)? TakeSpare()
    {
        lock (_gate)
            return _spares.TryPop(out var spare) ? spare : null;
    }

    private (string Name, IStorageFile File) Make()
    {
        var name = NewSpareName();
        var file = device.Create(name);
        var zeros = new byte[Math.Min(fileBytes, 1024 * 1024)];
        for (long offset = 0; offset < fileBytes; offset += zeros.Length)
            file.Write(zeros.AsSpan(0, (int)Math.Min(zeros.Length, fileBytes - offset)), offset);
        file.Flush();
        return (name, file);
    }

    private string NewSpareName() => FileNames.Spare(Interlocked.Increment(ref _lastSpare));
}
