using Microsoft.Extensions.Logging;
using Selvedge.Caching.Purging;

namespace Selvedge.Prerender.Persistence;

/// <summary>Opens the purges of a persistent tier.</summary>
internal static class PurgeFile
{
    /// <summary>Opens the log, which goes on where an earlier one ended.</summary>
    /// <remarks>
    /// Where the file is missing or damaged nobody knows what of the entries was purged: they count as purged softly, so that each
    /// answers once more while it is rendered anew.
    /// </remarks>
    /// <param name="path">Its file.</param>
    /// <param name="now">The time.</param>
    /// <param name="logger">Is told if it cannot be written any more.</param>
    /// <param name="journal">The file, to be closed.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static PurgeLog Open(string path, DateTimeOffset now, ILogger logger, out PurgeJournal journal)
    {
        journal = PurgeJournal.Open(path, out var isWhole);
        // Later than everything of earlier runs, whichever way the clock was set: each leaves a record of where it began.
        var start = now.ToUnixTimeMilliseconds() << 20;
        if (!isWhole)
        {
            // In one step with the new file: without this record it would vouch for entries it knows nothing of.
            journal.Rewrite([new PurgeRecord(PurgeScope.All, IsSoft: true, start, "")]);
        }

        var log = new PurgeLog(journal, start, reason => Forget(path, reason, logger));
        log.Begin();
        return log;
    }

    // Without its file the next start counts everything as stale, which is safe; with an old one it would forget a purge.
    private static void Forget(string path, Exception reason, ILogger logger)
    {
        try
        {
            File.Delete(path);
            Log.PurgesNotKept(logger, reason, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.PurgeFileStays(logger, exception, path);
        }
    }
}
