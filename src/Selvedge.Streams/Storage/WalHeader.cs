using System.Runtime.InteropServices;

namespace Selvedge.Streams.Storage;

/// <summary>The first sector of a write-ahead file.</summary>
/// <param name="Generation">Which file it is in the order of writing.</param>
/// <param name="First">The number its first record has.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WalHeader(long Generation, long First)
{
    /// <summary>Frames begin here.</summary>
    public const int Size = Frame.Sector;

    private const ulong Magic = 0x31_4C_41_57_56_4C_45_53; // "SELVWAL1": the version is part of it

    private const int Covered = 3 * sizeof(long);

    public void Write(IStorageFile file)
    {
        Span<byte> sector = stackalloc byte[Size];
        sector.Clear();
        var fields = new FieldWriter(sector);
        fields.UInt64(Magic);
        fields.Int64(Generation);
        fields.Int64(First);
        fields.UInt32(Checksum.Of(sector[..Covered]));
        file.Write(sector, 0);
    }

    public static bool TryRead(IStorageFile file, out WalHeader header)
    {
        header = default;
        Span<byte> sector = stackalloc byte[Size];
        if (file.Read(sector, 0) < Size)
            return false;
        var fields = new FieldReader(sector);
        var magic = fields.UInt64();
        header = new WalHeader(fields.Int64(), fields.Int64());
        return magic == Magic && fields.UInt32() == Checksum.Of(sector[..Covered]);
    }
}
