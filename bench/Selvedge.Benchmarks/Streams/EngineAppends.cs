using Selvedge.Streams.Storage;

namespace Selvedge.Benchmarks.Streams;

/// <summary>
/// Compares the stream engine with the disk it writes to: what 256 writers append, against what the disk would allow if the engine cost
/// nothing; and what several logs would bring, each with its own files and flushes.
/// </summary>
internal static class EngineAppends
{
    private const int Writers = 256;
    private const int Rounds = 5;

    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1.5);

    // Long enough to fill a first file, so that settling goes on all the time that is measured.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1.5);

    /// <summary>Measures the disk and the engine in turn, in one run of about a minute.</summary>
    public static async Task RunAsync(string? directory, TextWriter output)
    {
        var root = MakeDirectory(directory);
        try
        {
            await MeasureAsync(root, stores: 1, Writers, Warmup);
            var rounds = new List<double>();
            for (var i = 0; i < Rounds; i++)
            {
                var rate = await MeasureAsync(root, stores: 1, Writers, Settled);
                var frame = FrameBytes(rate.Batch);
                var flushes = FlushProbe.Measure(root, threads: 1, frame, Probe);
                var beside = FlushProbe.Measure(root, threads: 1, frame, Probe, rate.Appends * EngineLoad.RecordBytes);
                rounds.Add(100 * rate.Appends / (flushes * rate.Batch));
                await output.WriteLineAsync(
                    $"disk {flushes:F0} flushes/s x batch {rate.Batch:F1} = {flushes * rate.Batch:F0}/s; "
                        + $"engine {rate.Appends:F0} appends/s = {rounds[^1]:F0} % "
                        + $"({rate.Groups:F0} flushes/s, {100 * rate.Flushing:F0} % of the time, {rate.Processor:F2} us an append); "
                        + $"the disk with as much written beside {beside:F0} flushes/s"
                );
            }

            rounds.Sort();
            await output.WriteLineAsync($"median {rounds[Rounds / 2]:F0} % of flushes x batch, aim 80 %");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Measures one, two and four logs at once: whole engines, and the disk alone. Takes a minute and a half.</summary>
    public static async Task RunShardsAsync(string? directory, TextWriter output)
    {
        var root = MakeDirectory(directory);
        try
        {
            await MeasureAsync(root, stores: 1, Writers, Warmup);
            foreach (var writers in (int[])[64, 256])
            {
                foreach (var shards in (int[])[1, 2, 4])
                {
                    var rate = await MeasureAsync(root, shards, writers, Turn);
                    var flushes = FlushProbe.Measure(root, shards, FrameBytes((double)writers / 2 / shards), Turn);
                    await output.WriteLineAsync(
                        $"{writers} writers, {shards} logs: {rate.Appends:F0} appends/s, {rate.Groups:F0} flushes/s of {rate.Batch:F1} ({100 * rate.Flushing:F0} % of the time), "
                            + $"{rate.Processor:F2} us an append; the disk alone {flushes:F0} flushes/s"
                    );
                }
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<EngineRate> MeasureAsync(string root, int stores, int writers, TimeSpan warmup)
    {
        await using var load = await EngineLoad.BeginAsync(Path.Combine(root, "engine"), stores, writers);
        await load.MeasureAsync(warmup);
        return await load.MeasureAsync(Turn);
    }

    // A record of a hundred bytes takes thirty more: its length, kind, stream, time and position.
    private static int FrameBytes(double batch) => Frame.HeaderSize + (int)(batch * 130);

    private static string MakeDirectory(string? parent) =>
        parent is null
            ? Directory.CreateTempSubdirectory("selvedge-engine-").FullName
            : Directory.CreateDirectory(Path.Combine(parent, $"selvedge-engine-{Environment.ProcessId}")).FullName;
}
