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

    private readonly long _expectedLength;
    private volatile BodyFilling? _filling;
    private ReadOnlyMemory<byte>? _only;
    private byte[][]? _pieces;

    /// <summary>Makes an empty body that will be filled.</summary>
    /// <param name="expectedLength">Its length if it is known; memory is taken in one piece up to 64 KiB then.</param>
    public ResponseBody(long? expectedLength)
    {
        _expectedLength = expectedLength ?? -1;
        _filling = new BodyFilling(expectedLength);
    }

    private ResponseBody(DiskBody disk)
    {
        _expectedLength = disk.Length;
        FilledLength = disk.Length;
        OnDisk = disk;
    }

    /// <summary>A complete body that lies on disk and is read from there.</summary>
    internal static ResponseBody Of(DiskBody disk) => new(disk);

    /// <summary>A body that has arrived already.</summary>
    /// <param name="content">All of it, never changed from here on.</param>
    public static ResponseBody Of(ReadOnlyMemory<byte> content)
    {
        var body = new ResponseBody(content.Length);
        if (content.Length > LargestPiece)
        {
            // Copied, so that what is kept stays below the large object heap.
            body.Append(content.Span);
            body.Complete();
            return body;
        }

        body.FilledLength = content.Length;
        body._only = content;
        body._filling = null;
        return body;
    }

    /// <summary>How long it will be, if that is known.</summary>
    public long? ExpectedLength => _expectedLength < 0 ? null : _expectedLength;

    /// <summary>How much has arrived, in bytes.</summary>
    public long Length => _filling?.Length ?? FilledLength;

    private long FilledLength { get; set; }

    /// <summary>Its file, if it is complete and not in memory.</summary>
    internal DiskBody? OnDisk { get; private set; }

    /// <summary>The length beyond which its bytes go to disk as they arrive.</summary>
    internal long SpoolsBeyond { get; init; } = long.MaxValue;

    /// <summary>What it takes in memory, or will take as far as that is known.</summary>
    internal long MemoryLength =>
        _filling is { } filling
            ? Math.Max(filling.MemoryLength, ExpectedLength is { } expected && expected <= SpoolsBeyond ? expected : 0)
        : OnDisk is null ? FilledLength
        : 0;

    /// <summary>Whether all of it has arrived and is kept.</summary>
    public bool IsComplete => _filling is null;

    /// <summary>The body in one piece, if it is complete and small enough to be in one.</summary>
    /// <returns><see langword="null"/> if it must be read piece by piece.</returns>
    public ReadOnlyMemory<byte>? InOnePiece => IsComplete ? _only : null;

    /// <summary>Begins to read. The reader must be disposed.</summary>
    /// <param name="start">Where; other than 0 only in a complete body.</param>
    public BodyReader Read(long start = 0) => new(this, _filling, start);

    /// <summary>Adds what has arrived.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _filling!.Append(bytes);

    /// <inheritdoc cref="BodyFilling.Spooled"/>
    internal void Spooled(DiskBody file, long length) => _filling!.Spooled(file, length);

    /// <summary>All has arrived, and lies on disk.</summary>
    internal void CompleteOnDisk(DiskBody file)
    {
        FilledLength = file.Length;
        OnDisk = file;
        _filling = null;
    }

    /// <summary>All has arrived.</summary>
    public void Complete()
    {
        if (_filling!.Complete() is not { } pieces)
        {
            // Only a window of it is left, for those who are reading it.
            return;
        }

        FilledLength = pieces.Sum(piece => (long)piece.Length);
        if (pieces.Length <= 1)
        {
            _only = pieces.Length == 0 ? ReadOnlyMemory<byte>.Empty : pieces[0];
        }
        else
        {
            _pieces = pieces;
        }

        // The last write: who sees it sees the pieces. Readers who began before keep the filling and read on there.
        _filling = null;
    }

    /// <summary>No more will arrive, though there should.</summary>
    public void Break(Exception reason) => _filling?.Break(reason);

    /// <inheritdoc cref="BodyFilling.MakeRoomAsync"/>
    public ValueTask<bool> MakeRoomAsync(long window, CancellationToken cancellationToken) =>
        _filling!.MakeRoomAsync(window, cancellationToken);

    /// <summary>A piece of a complete body by its number; empty beyond the last.</summary>
    internal ReadOnlyMemory<byte> PieceAt(int number) =>
        _pieces is { } pieces ? (number < pieces.Length ? pieces[number] : default)
        : number == 0 ? _only.GetValueOrDefault()
        : default;
}
