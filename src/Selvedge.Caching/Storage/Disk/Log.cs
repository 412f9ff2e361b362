using Microsoft.Extensions.Logging;

namespace Selvedge.Caching.Storage.Disk;

internal static partial class Log
{
    [LoggerMessage(
        2100,
        LogLevel.Warning,
        "An entry could not be written to {Directory} and is not kept there: {Reason} (key {Key})",
        EventName = "DiskWriteFailed"
    )]
    public static partial void WriteFailed(ILogger logger, string directory, string reason, string key);

    [LoggerMessage(
        2101,
        LogLevel.Warning,
        "A damaged entry was removed from {Directory}: {Name}",
        EventName = "DiskEntryDamaged"
    )]
    public static partial void Damaged(ILogger logger, string directory, string name);

    [LoggerMessage(
        2102,
        LogLevel.Information,
        "{Directory} holds {Count} entries, {Bytes} bytes; found in {Milliseconds} ms",
        EventName = "DiskStoreOpened"
    )]
    public static partial void Opened(ILogger logger, string directory, int count, long bytes, long milliseconds);

    [LoggerMessage(
        2103,
        LogLevel.Error,
        "A file in {Directory} could not be deleted and may come back after a restart: {Reason}",
        EventName = "DiskDeleteFailed"
    )]
    public static partial void DeleteFailed(ILogger logger, string directory, string reason);

    [LoggerMessage(
        2104,
        LogLevel.Error,
        "A purge could not be kept on disk, so the cache keeps nothing there until the server is started again: {Reason}",
        EventName = "DiskTierOff"
    )]
    public static partial void TierOff(ILogger logger, string reason);

    [LoggerMessage(2105, LogLevel.Error, "Writing {Key} to disk failed in the cache itself", EventName = "DiskWriteCrashed")]
    public static partial void QueuedWriteFailed(ILogger logger, Exception exception, string key);
}
