using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching.Storage.Disk;

namespace Selvedge.Benchmarks.Caching;

/// <summary>Fills a store, opens it again as after a restart, and says how long that takes and what an entry costs in memory.</summary>
internal static class DiskStoreStart
{
    private const int Entries = 100_000;
    private const int BodyLength = 1024;

    public static async Task RunAsync(TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("selvedge-disk-").FullName;
        try
        {
            var options = new DiskStoreOptions { Directory = directory, MaxBytes = 4L * 1024 * 1024 * 1024 };
            using (var store = Open(options))
            {
                var began = Stopwatch.GetTimestamp();
                var (head, body) = (new byte[300], new byte[BodyLength]);
                for (var i = 0; i < Entries; i++)
                {
                    await using var write = store.BeginWrite(KeyOf(i));
                    await write.WriteAsync(body);
                    await write.CommitAsync(head);
                }

                await output.WriteLineAsync($"write: {Elapsed(began) * 1000 / Entries:f1} us an entry");
            }

            var before = GC.GetTotalMemory(forceFullCollection: true);
            var opening = Stopwatch.GetTimestamp();
            using var again = Open(options);
            await output.WriteLineAsync($"open: {Elapsed(opening):f0} ms for {again.Count} entries");
            var after = GC.GetTotalMemory(forceFullCollection: true);
            await output.WriteLineAsync($"memory: {(after - before) / Entries} bytes an entry");

            var reading = Stopwatch.GetTimestamp();
            for (var i = 0; i < Entries; i += 10)
            {
                using var entry = await again.FindAsync(KeyOf(i), CancellationToken.None);
                if (entry?.BodyLength != BodyLength)
                    throw new InvalidOperationException($"Entry {i} is not there.");
            }

            await output.WriteLineAsync($"read: {Elapsed(reading) * 1000 / (Entries / 10):f1} us an entry");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static DiskStore Open(DiskStoreOptions options) =>
        DiskStore.Open(options, TimeProvider.System, NullLoggerFactory.Instance);

    private static string KeyOf(int i) => $"r1 https://example.com/articles/{i}?page=1";

    private static double Elapsed(long began) => Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}
