using System.Buffers;
using System.Security.Cryptography;

namespace Selvedge.BuildOutput.Files;

/// <summary>Hashes files, each once however many outputs need it.</summary>
internal sealed class FileDigests
{
    private const int BufferSize = 128 * 1024;

    // Reading more files at once makes a disk no faster and leaves nothing for whatever is being served meanwhile.
    private const int MaxParallelism = 4;

    private readonly Dictionary<string, FileDigest> _digests = new(StringComparer.Ordinal);

    /// <summary>The digest of a file that <see cref="Add"/> has read.</summary>
    public FileDigest this[string realPath] => _digests[realPath];

    /// <summary>Hashes those of some files that are not hashed yet.</summary>
    /// <param name="files">Absolute paths without links, with the names they have in faults.</param>
    /// <param name="faults">Takes those that cannot be read.</param>
    /// <param name="cancellationToken">Ends the hashing.</param>
    public void Add(IEnumerable<(string RealPath, string Name)> files, FaultLog faults, CancellationToken cancellationToken)
    {
        var pending = files
            .Where(file => !_digests.ContainsKey(file.RealPath))
            .DistinctBy(static file => file.RealPath, StringComparer.Ordinal)
            .ToArray();
        var digests = new FileDigest?[pending.Length];
        var failures = new Exception?[pending.Length];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MaxParallelism),
            CancellationToken = cancellationToken,
        };
        Parallel.For(
            0,
            pending.Length,
            options,
            i =>
            {
                try
                {
                    digests[i] = Digest(pending[i].RealPath, cancellationToken);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    failures[i] = e;
                }
            }
        );

        for (var i = 0; i < pending.Length; i++)
        {
            if (digests[i] is { } digest)
                _digests.Add(pending[i].RealPath, digest);
            else
                faults.AddUnreadable(pending[i].Name, failures[i]!);
        }
    }

    private static FileDigest Digest(string path, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long length = 0;
            for (int read; (read = RandomAccess.Read(handle, buffer, length)) > 0; length += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }

            return new(hash.GetHashAndReset(), length, WholeSeconds(File.GetLastWriteTimeUtc(handle)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static DateTimeOffset WholeSeconds(DateTime time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
