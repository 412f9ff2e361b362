using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Selvedge.Caching.Purging;

/// <summary>The file that purges are written to, so that what was purged does not come back after a restart.</summary>
/// <remarks>
/// Stored entries name the journal's epoch beside their position. A journal that is missing, damaged or cannot be written to any more
/// is replaced by one of a new epoch, under which everything stored before counts as purged softly: what nobody can vouch for answers
/// once more and is made anew. A record that a crash has cut off at the end was never acknowledged, and is dropped.
/// </remarks>
public sealed class PurgeJournal : IDisposable
{
    private const int HeaderBytes = 24;
    private const int Version = 1;

    /// <summary>Below this a journal is not worth writing anew.</summary>
    private const int SmallBytes = 1024 * 1024;

    private static readonly byte[] Magic = "SLVGPURG"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly PurgeLog _log;
    private readonly ILogger _logger;
    private SafeFileHandle? _file;
    private long _length;
    private long _rewriteAt;

    private PurgeJournal(string path, PurgeLog log, ILogger logger)
    {
        _path = path;
        _log = log;
        _logger = logger;
    }

    /// <summary>What entries stored from now on name.</summary>
    public long Epoch { get; private set; }

    /// <summary>Reads the journal, or begins one.</summary>
    /// <param name="path">The file; its directory exists.</param>
    /// <param name="log">Receives what was written down. It must be new.</param>
    /// <param name="logger">Is told of damage.</param>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    public static PurgeJournal Open(string path, PurgeLog log, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(log);
        var journal = new PurgeJournal(path, log, logger);
        if (!journal.TryRestore())
        {
            journal.Epoch = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
            // What an earlier epoch has left is older than this, whatever it says.
            log.PurgeAll(soft: true);
        }

        journal.Rewrite();
        return journal;
    }

    /// <summary>Writes records down; they outlast the server and the machine when this returns.</summary>
    /// <remarks>Whoever purges marks first and writes then, so that the mark holds at once.</remarks>
    public void Append(IReadOnlyCollection<PurgeRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        byte[] bytes = [.. records.SelectMany(PurgeRecordCodec.Encode)];
        lock (_lock)
        {
            if (_file is null)
            {
                return;
            }

            try
            {
                if (_length + bytes.Length > _rewriteAt)
                {
                    Rewrite();
                }
                else
                {
                    RandomAccess.Write(_file, bytes, _length);
                    RandomAccess.FlushToDisk(_file);
                    _length += bytes.Length;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                GiveUp_NeedsLock(exception);
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private bool TryRestore()
    {
        if (!File.Exists(_path))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = File.ReadAllBytes(_path);
        if (rest.Length < HeaderBytes || !rest.StartsWith(Magic) || BinaryPrimitives.ReadInt32LittleEndian(rest[8..]) != Version)
        {
            Log.PurgeJournalDamaged(_logger, _path);
            return false;
        }

        Epoch = BinaryPrimitives.ReadInt64LittleEndian(rest[16..]);
        rest = rest[HeaderBytes..];
        while (PurgeRecordCodec.TryDecode(ref rest, out var record))
        {
            _log.Restore(record);
        }

        return true;
    }

    // A new file in the place of the old one: a crash leaves either.
    private void Rewrite()
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), Epoch);
        byte[] bytes = [.. header, .. _log.Snapshot().SelectMany(PurgeRecordCodec.Encode)];
        var temporary = _path + ".new";
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, _path, overwrite: true);
        _file?.Dispose();
        _file = File.OpenHandle(_path, FileMode.Open, FileAccess.Write, FileShare.Read);
        _length = bytes.Length;
        _rewriteAt = Math.Max(SmallBytes, 2L * bytes.Length);
    }

    // Without its journal the next start begins a new epoch, which is safe; with an old one it would forget this purge.
    private void GiveUp_NeedsLock(Exception exception)
    {
        _file?.Dispose();
        _file = null;
        try
        {
            File.Delete(_path);
            Log.PurgeJournalFailed(_logger, exception, _path);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            Log.PurgeJournalStays(_logger, second, _path);
        }
    }
}
