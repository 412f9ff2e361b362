using System.Buffers.Binary;
using System.Text;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Purging;

/// <summary>Keeps purges in a file, so that what was purged does not come back from the disk after a restart.</summary>
/// <remarks>
/// Records are appended before a purge is answered. The file is not flushed to the medium: after a loss of power the entries it
/// speaks of are given up as well. A record is its length, its CRC32C, and scope, softness, position and name.
/// </remarks>
public sealed class PurgeJournal : IDisposable
{
    private const uint Magic = 0x4A647653;
    private const int FrameSize = 8;
    private const int FixedSize = 10;
    private const int LargestRecord = 1024 * 1024;

    private readonly string _path;
    private FileStream? _file;

    private PurgeJournal(string path) => _path = path;

    /// <summary>What was read when it was opened, or has replaced that, in order.</summary>
    public IReadOnlyList<PurgeRecord> Records { get; private set; } = [];

    /// <summary>How many records the file holds.</summary>
    public int Count { get; private set; }

    /// <summary>Opens a journal.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="isWhole">
    /// Whether it was there and every byte of it was understood. If not, nothing can be appended until <see cref="Rewrite"/>, which
    /// comes after what it spoke of is gone: whoever is interrupted in between finds it as it was.
    /// </param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static PurgeJournal Open(string path, out bool isWhole)
    {
        var journal = new PurgeJournal(path);
        isWhole = File.Exists(path) && TryRead(File.ReadAllBytes(path), journal);
        if (isWhole)
        {
            journal.Rewrite(journal.Records);
        }

        return journal;
    }

    /// <summary>Keeps a purge.</summary>
    /// <exception cref="IOException">It is not kept.</exception>
    public void Append(PurgeRecord record)
    {
        var file = _file ?? throw new IOException("The journal of purges is not open for writing.");
        try
        {
            file.Write(Encode(record));
            Count++;
        }
        catch (IOException)
        {
            // Half a record may be there; another one behind it would not be found.
            Dispose();
            throw;
        }
    }

    /// <summary>Replaces all records in one step.</summary>
    public void Rewrite(IReadOnlyList<PurgeRecord> records)
    {
        Dispose();
        var temporary = $"{_path}.new";
        using (var file = File.Create(temporary))
        {
            Span<byte> magic = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(magic, Magic);
            file.Write(magic);
            foreach (var record in records)
            {
                file.Write(Encode(record));
            }
        }

        File.Move(temporary, _path, overwrite: true);
        // Without a buffer: what is appended has left this process when the purge is answered.
        _file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Records = records;
        Count = records.Count;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static byte[] Encode(PurgeRecord record)
    {
        var content = FixedSize + Encoding.UTF8.GetByteCount(record.Name);
        var bytes = new byte[FrameSize + content];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, content);
        var body = bytes.AsSpan(FrameSize);
        body[0] = (byte)record.Scope;
        body[1] = record.IsSoft ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(body[2..], record.Position);
        Encoding.UTF8.GetBytes(record.Name, body[FixedSize..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Checksum.Of(body, (uint)content));
        return bytes;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, PurgeJournal journal)
    {
        if (bytes.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return false;
        }

        var records = new List<PurgeRecord>();
        bytes = bytes[sizeof(uint)..];
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < FrameSize)
            {
                return false;
            }

            var content = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (content is < FixedSize or > LargestRecord || bytes.Length < FrameSize + content)
            {
                return false;
            }

            var body = bytes.Slice(FrameSize, content);
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Checksum.Of(body, (uint)content))
            {
                return false;
            }

            records.Add(
                new PurgeRecord(
                    (PurgeScope)body[0],
                    body[1] == 1,
                    BinaryPrimitives.ReadInt64LittleEndian(body[2..]),
                    Encoding.UTF8.GetString(body[FixedSize..])
                )
            );
            bytes = bytes[(FrameSize + content)..];
        }

        journal.Records = records;
        return true;
    }
}
