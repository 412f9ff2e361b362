using System.Diagnostics;
using Selvedge.Streams.Storage;

namespace Selvedge.Benchmarks.Streams;

/// <summary>What the disk itself can do: one write and one flush after another, on files that are full of zeros already.</summary>
internal static class FlushProbe
{
    private const int FileBytes = 64 * 1024 * 1024;

    /// <summary>Flushes a second, of all threads together.</summary>
    /// <param name="directory">Where the files are made; one for each thread.</param>
    /// <param name="threads">How many write and flush at the same time, each its own file.</param>
    /// <param name="frameBytes">How much is written before each flush.</param>
    /// <param name="duration">How long.</param>
    public static double Measure(string directory, int threads, int frameBytes, TimeSpan duration)
    {
        using var device = new DirectoryDevice(directory);
        var files = Enumerable.Range(0, threads).Select(i => Zeroed(device, $"probe-{i}")).ToArray();
        var counts = new long[threads];
        using var start = new Barrier(threads + 1);
        var workers = files
            .Select(
                (file, i) =>
                {
                    var worker = new Thread(() =>
                    {
                        start.SignalAndWait();
                        counts[i] = Flush(file, frameBytes, duration);
                    });
                    worker.Start();
                    return worker;
                }
            )
            .ToArray();
        start.SignalAndWait();
        var began = Stopwatch.GetTimestamp();
        foreach (var worker in workers)
            worker.Join();
        var elapsed = Stopwatch.GetElapsedTime(began);
        foreach (var file in files)
        {
            file.Dispose();
            device.Delete(file.Name);
        }

        return counts.Sum() / elapsed.TotalSeconds;
    }

    private static long Flush(IStorageFile file, int frameBytes, TimeSpan duration)
    {
        var frame = new byte[Frame.Align(frameBytes)];
        new Random(1).NextBytes(frame);
        var began = Stopwatch.GetTimestamp();
        long count = 0;
        for (long offset = 0; Stopwatch.GetElapsedTime(began) < duration; count++)
        {
            file.Write(frame, offset);
            file.Flush();
            offset = offset + (2 * frame.Length) > FileBytes ? 0 : offset + frame.Length;
        }

        return count;
    }

    private static IStorageFile Zeroed(DirectoryDevice device, string name)
    {
        var file = device.Create(name);
        var zeros = new byte[1024 * 1024];
        for (long offset = 0; offset < FileBytes; offset += zeros.Length)
            file.Write(zeros, offset);
        file.Flush();
        return file;
    }
}
