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
    /// <param name="beside">Bytes a second that another thread brings to the disk meanwhile, as an engine that settles does.</param>
    public static double Measure(string directory, int threads, int frameBytes, TimeSpan duration, double beside = 0)
    {
        using var device = new DirectoryDevice(directory);
        var files = Enumerable.Range(0, threads).Select(i => Zeroed(device, $"probe-{i}")).ToArray();
        using var over = new ManualResetEventSlim();
        var other = beside > 0 ? Start(() => WriteBeside(device, beside, over)) : null;
        var counts = new long[threads];
        var began = Stopwatch.GetTimestamp();
        var workers = files.Select((file, i) => Start(() => counts[i] = Flush(file, frameBytes, duration))).ToArray();
        foreach (var worker in workers)
            worker.Join();
        var elapsed = Stopwatch.GetElapsedTime(began);
        over.Set();
        other?.Join();
        foreach (var file in files)
        {
            file.Dispose();
            device.Delete(file.Name);
        }

        return counts.Sum() / elapsed.TotalSeconds;
    }

    private static Thread Start(ThreadStart work)
    {
        var thread = new Thread(work);
        thread.Start();
        return thread;
    }

    private static void WriteBeside(DirectoryDevice device, double rate, ManualResetEventSlim over)
    {
        var bytes = new byte[1024 * 1024];
        new Random(2).NextBytes(bytes);
        using var file = device.Create("beside");
        var began = Stopwatch.GetTimestamp();
        for (long written = 0; !over.Wait(Due(written)); written += bytes.Length)
        {
            var offset = written % FileBytes;
            file.Write(bytes, offset);
            file.WriteOut(offset, bytes.Length);
        }

        device.Delete(file.Name);

        TimeSpan Due(long written)
        {
            var wait = TimeSpan.FromSeconds(written / rate) - Stopwatch.GetElapsedTime(began);
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
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
