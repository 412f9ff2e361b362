namespace Selvedge.Server.Static;

/// <summary>Keeps small static files in memory, where opening the file would cost more than sending it.</summary>
/// <param name="maxFileBytes">Files above this are read from the disk each time; the operating system caches those well.</param>
/// <param name="budgetBytes">What all kept files together may take. Files that do not fit any more are read each time.</param>
internal sealed class SmallFiles(long maxFileBytes, long budgetBytes)
{
    private long _kept;

    /// <summary>Whether a file is small enough to be kept.</summary>
    public bool Fits(StaticFile file) => file.Asset.Length <= maxFileBytes;

    /// <summary>Reads a file that fits, and keeps it if the budget allows.</summary>
    /// <exception cref="IOException">The file is gone or no longer has the length it was hashed with.</exception>
    public async ValueTask<byte[]> ReadAsync(StaticFile file, CancellationToken cancellationToken)
    {
        if (file.Content is { } kept)
        {
            return kept;
        }

        var content = await File.ReadAllBytesAsync(file.Asset.FilePath, cancellationToken);
        if (content.Length != file.Asset.Length)
        {
            throw new IOException($"{file.Asset.FilePath} has changed since the deployment was loaded.");
        }

        // Two requests may both read the file the first time; only one of them counts it.
        if (Interlocked.Add(ref _kept, content.Length) <= budgetBytes && file.Content is null)
        {
            file.Content = content;
        }
        else
        {
            Interlocked.Add(ref _kept, -content.Length);
        }

        return content;
    }
}
