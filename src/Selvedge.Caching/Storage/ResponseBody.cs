using System.Runtime.InteropServices;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Caching.Storage;

/// <summary>The body of a response, which many may read while it is still arriving.</summary>
/// <remarks>
/// Bytes once appended never change, so readers share them without copying; pieces stay below the large object heap and
/// belong to the garbage collector, so that evicting an entry cannot take memory from under a reader.
/// </remarks>
public sealed class ResponseBody
{
    private const int LargestPiece = 64 * 1024;

    // One field says both what state the body is in and where its bytes are, since a million bodies may be held: BodyFilling
    // while it arrives, then byte[] (one piece), byte[][] (several), a boxed ReadOnlyMemory<byte> (a part of an array of
    // somebody else), or DiskBody. Writing it is the last step of completing: who sees it sees the bytes. Readers who began
    // before keep the filling and read on there.
    private volatile object _content;

    // While it arrives: how long it will be, or -1. Then how long it is.
    private long _length;

    /// <summary>Makes an empty body that will be filled.</summary>
    /// <param name="expectedLength">Its length if it is known; memory is taken in one piece up to 64 KiB then.</param>
    public ResponseBody(long? expectedLength)
        : this(expectedLength, long.MaxValue) { }

    /// <summary>Makes an empty body that will be filled.</summary>
    /// <param name="expectedLength">Its length if it is known.</param>
    /// <param name="spoolsBeyond">The length beyond which its bytes go to disk as they arrive.</param>
    internal ResponseBody(long? expectedLength, long spoolsBeyond)
        : this(new BodyFilling(expectedLength) { SpoolsBeyond = spoolsBeyond }, expectedLength ?? -1) { }

    private ResponseBody(object content, long length)
    {
        _content = content;
        _length = length;
    }

    /// <summary>A complete body that lies on disk and is read from there.</summary>
    internal static ResponseBody Of(DiskBody disk) => new(disk, disk.Length);

    /// <summary>A body that has arrived already.</summary>
    /// <param name="content">All of it, never changed from here on.</param>
    public static ResponseBody Of(ReadOnlyMemory<byte> content)
    {
        if (content.Length > LargestPiece)
        {
            // Copied, so that what is kept stays below the large object heap.
            var body = new ResponseBody(content.Length);
            body.Append(content.Span);
            body.Complete();
            return body;
        }

        var isWholeArray = MemoryMarshal.TryGetArray(content, out var segment) && segment.Count == segment.Array!.Length;
        return new ResponseBody(isWholeArray ? segment.Array! : content, content.Length);
    }

    /// <summary>How long it will be, or is, if that is known.</summary>
    public long? ExpectedLength => _length < 0 ? null : _length;

    /// <summary>How much has arrived, in bytes.</summary>
    public long Length => _content is BodyFilling filling ? filling.Length : _length;

    /// <summary>Its file, if it is complete and not in memory.</summary>
    internal DiskBody? OnDisk => _content as DiskBody;

    /// <summary>What it takes in memory, or will take as far as that is known.</summary>
    internal long MemoryLength =>
        _content switch
        {
            BodyFilling filling => Math.Max(
                filling.MemoryLength,
                ExpectedLength is { } expected && expected <= filling.SpoolsBeyond ? expected : 0
            ),
            DiskBody => 0,
            _ => _length,
        };

    /// <summary>Whether all of it has arrived and is kept.</summary>
    public bool IsComplete => _content is not BodyFilling;

    /// <summary>The body in one piece, if it is complete and small enough to be in one.</summary>
    /// <returns><see langword="null"/> if it must be read piece by piece.</returns>
    public ReadOnlyMemory<byte>? InOnePiece =>
        _content switch
        {
            byte[] piece => new ReadOnlyMemory<byte>(piece),
            ReadOnlyMemory<byte> part => part,
            // A bare null would become an empty array's memory.
            _ => default(ReadOnlyMemory<byte>?),
        };

    private BodyFilling Filling => (BodyFilling)_content;

    /// <summary>Begins to read. The reader must be disposed.</summary>
    /// <param name="start">Where; other than 0 only in a complete body.</param>
    public BodyReader Read(long start = 0) => new(this, _content as BodyFilling, start);

    /// <summary>Adds what has arrived.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => Filling.Append(bytes);

    /// <inheritdoc cref="BodyFilling.Spooled"/>
    internal void Spooled(DiskBody file, long length) => Filling.Spooled(file, length);

    /// <summary>All has arrived, and lies on disk.</summary>
    internal void CompleteOnDisk(DiskBody file)
    {
        _length = file.Length;
        _content = file;
    }

    /// <summary>All has arrived.</summary>
    public void Complete()
    {
        if (Filling.Complete() is not { } pieces)
        {
            // Only a window of it is left, for those who are reading it.
            return;
        }

        _length = pieces.Sum(piece => (long)piece.Length);
        _content = pieces.Length switch
        {
            0 => Array.Empty<byte>(),
            1 => pieces[0],
            _ => pieces,
        };
    }

    /// <summary>No more will arrive, though there should.</summary>
    public void Break(Exception reason) => (_content as BodyFilling)?.Break(reason);

    /// <inheritdoc cref="BodyFilling.MakeRoomAsync"/>
    public ValueTask<bool> MakeRoomAsync(long window, CancellationToken cancellationToken) =>
        Filling.MakeRoomAsync(window, cancellationToken);

    /// <summary>A piece of a complete body by its number; empty beyond the last.</summary>
    internal ReadOnlyMemory<byte> PieceAt(int number) =>
        _content is byte[][] pieces ? (number < pieces.Length ? pieces[number] : default)
        : number == 0 ? InOnePiece.GetValueOrDefault()
        : default;
}
