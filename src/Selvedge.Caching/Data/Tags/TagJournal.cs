using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Data.Tags;

/// <summary>
/// The file that revalidations are written to, so that what was revalidated does not come back after a restart.
/// </summary>
/// <remarks>
/// Stored items name the journal that was there when they were stored, by its epoch. A journal that is missing, damaged or cannot be
/// written to any more is replaced by one of a new epoch, and every item that was stored before counts as gone: better a cold cache
/// than one that has forgotten what is out of date.
/// </remarks>
internal sealed class TagJournal : IAsyncDisposable
{
    private const int HeaderBytes = 24;
    private const int Version = 1;

    /// <summary>Below this a journal is not worth writing anew.</summary>
    private const int SmallBytes = 1024 * 1024;

    private static readonly byte[] Magic = "SLVGTAGS"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly DiskFiles _files = new();
    private readonly string _path;
    private readonly Func<IReadOnlyList<TagRecord>> _snapshot;
    private readonly ILogger _logger;
    private SafeFileHandle? _file;
    private long _length;
    private long _rewriteAt;
    private ArrayBufferWriter<byte> _waiting = new();
    private TaskCompletionSource? _batch;
    private Task _writing = Task.CompletedTask;

    private TagJournal(string path, Func<IReadOnlyList<TagRecord>> snapshot, ILogger logger)
    {
        _path = path;
        _snapshot = snapshot;
        _logger = logger;
    }

    /// <summary>What items stored from now on name.</summary>
    public long Epoch { get; private set; }

    /// <summary>Reads the journal, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="versions">Receives what was written down, and tells what to write when the journal is written anew.</param>
    /// <param name="now">The time, in Unix milliseconds.</param>
    /// <param name="logger">Is told of damage.</param>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    public static TagJournal Open(string path, TagVersions versions, long now, ILogger logger)
    {
        var journal = new TagJournal(path, versions.Snapshot, logger);
        if (!journal.TryRestore(versions, now))
        {
            journal.Epoch = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
        }

        journal.Rewrite();
        return journal;
    }

    /// <summary>Writes records down; completes when they outlast the server and the machine.</summary>
    public Task AppendAsync(IReadOnlyCollection<TagRecord> records)
    {
        var bytes = TagRecordCodec.Encode(records);
        lock (_lock)
        {
            if (_file is null)
            {
                return Task.CompletedTask;
            }

            _waiting.Write(bytes);
            if (_batch is not null)
            {
                return _batch.Task;
            }

            // Whoever comes while a batch is written goes with the next: one sync for all of them.
            _batch = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var task = _batch.Task;
            _writing = _writing.ContinueWith(_ => WriteBatch(), TaskScheduler.Default);
            return task;
        }
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_lock)
        {
            writing = _writing;
        }

        await writing;
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private bool TryRestore(TagVersions versions, long now)
    {
        if (!File.Exists(_path))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = File.ReadAllBytes(_path);
        if (rest.Length < HeaderBytes || !rest.StartsWith(Magic) || BinaryPrimitives.ReadInt32LittleEndian(rest[8..]) != Version)
        {
            Log.TagJournalDamaged(_logger, _path);
            return false;
        }

        Epoch = BinaryPrimitives.ReadInt64LittleEndian(rest[16..]);
        rest = rest[HeaderBytes..];
        while (TagRecordCodec.TryDecode(ref rest, out var record))
        {
            versions.Restore(record, now);
        }

        if (!rest.IsEmpty)
        {
            Log.TagJournalDamaged(_logger, _path);
        }

        return rest.IsEmpty;
    }

    private void WriteBatch()
    {
        ArrayBufferWriter<byte> bytes;
        TaskCompletionSource batch;
        lock (_lock)
        {
            bytes = _waiting;
            batch = _batch!;
            _waiting = new ArrayBufferWriter<byte>();
            _batch = null;
        }

        try
        {
            if (_length + bytes.WrittenCount > _rewriteAt)
            {
                Rewrite();
            }
            else if (_file is { } file)
            {
                RandomAccess.Write(file, bytes.WrittenSpan, _length);
                RandomAccess.FlushToDisk(file);
                _length += bytes.WrittenCount;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            GiveUp(exception);
        }
        finally
        {
            // Given up or written: either way nothing that was revalidated comes back.
            batch.SetResult();
        }
    }

    // Writes what counts into a new file, and puts that in the place of the old one.
    private void Rewrite()
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), Epoch);
        byte[] content = [.. header, .. TagRecordCodec.Encode(_snapshot())];

        var next = _path + ".new";
        var file = File.OpenHandle(next, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            RandomAccess.Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
            File.Move(next, _path, overwrite: true);
            _files.FlushDirectory(Path.GetDirectoryName(_path)!);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _file?.Dispose();
        _file = file;
        _length = content.Length;
        _rewriteAt = Math.Max(SmallBytes, _length * 4);
    }

    private void GiveUp(Exception exception)
    {
        Log.TagJournalFailed(_logger, exception, _path);
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }

        try
        {
            if (File.Exists(_path))
            {
                File.Delete(_path);
            }
        }
        catch (Exception again) when (again is IOException or UnauthorizedAccessException)
        {
            Log.TagJournalStays(_logger, again, _path);
        }
    }
}
