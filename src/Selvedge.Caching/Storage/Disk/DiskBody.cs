using Microsoft.Win32.SafeHandles;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>A long body's open file. Closed when the entry and everybody who reads it have let go.</summary>
/// <param name="file">The file.</param>
/// <param name="sequence">Its sequence.</param>
/// <param name="length">The body's length; <see cref="long.MaxValue"/> while it is written, when only whole blocks are read.</param>
/// <param name="damaged">Called when a block proves to be damaged.</param>
internal sealed class DiskBody(SafeFileHandle file, long sequence, long length, Action damaged)
{
    private int _holders = 1;

    public long Length { get; set; } = length;

    public SafeFileHandle File => file;

    public long Sequence => sequence;

    /// <summary>Holds the file open until <see cref="Release"/>. The caller knows that somebody holds it.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            file.Dispose();
        }
    }

    /// <inheritdoc cref="BodyBlocks.ReadAsync"/>
    public async ValueTask<int> ReadBlockAsync(long number, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await BodyBlocks.ReadAsync(file, sequence, Length, number, buffer, cancellationToken);
        }
        catch (IOException)
        {
            // The next one who asks for it shall get a whole one.
            damaged();
            throw;
        }
    }
}
