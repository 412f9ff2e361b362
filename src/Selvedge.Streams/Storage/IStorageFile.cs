namespace Selvedge.Streams.Storage;

/// <summary>One file of a <see cref="IStorageDevice"/>. What is written is certain to be there after <see cref="Flush"/> only.</summary>
internal interface IStorageFile : IDisposable
{
    string Name { get; }

    long Length { get; }

    /// <summary>Reads at an offset; fewer bytes than asked for only at the end of the file.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Brings bytes that were written and will not be read soon to the medium now. They are certain to be there after <see cref="Flush"/> only.</summary>
    void WriteOut(long offset, long length);

    /// <summary>Makes everything written so far survive a loss of power.</summary>
    void Flush();
}
