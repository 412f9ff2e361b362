using Microsoft.Extensions.Logging;
using Selvedge.Caching.Policy;

namespace Selvedge.Prerender;

internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Error, "Rendering {Path} failed in the cache itself", EventName = "RenderCrashed")]
    public static partial void RenderCrashed(ILogger logger, Exception exception, string path);

    [LoggerMessage(
        4001,
        LogLevel.Warning,
        "{Path} could not be rendered anew ({Status}); what was rendered before stays, and the next try waits",
        EventName = "RegenerationFailed"
    )]
    public static partial void RegenerationFailed(ILogger logger, string path, int status);

    [LoggerMessage(4002, LogLevel.Information, "What {Path} rendered is not kept: {Reason}", EventName = "RenderNotStored")]
    public static partial void NotStored(ILogger logger, string path, NotStored reason);

    [LoggerMessage(
        4003,
        LogLevel.Warning,
        "The answer of {Path} broke off after {Length} bytes; it is not kept",
        EventName = "RenderBrokenOff"
    )]
    public static partial void BrokenOff(ILogger logger, string path, long length, Exception exception);

    [LoggerMessage(4004, LogLevel.Warning, "The build's copy of {Path} cannot be read", EventName = "BuildCopyUnreadable")]
    public static partial void BuildCopyUnreadable(ILogger logger, Exception exception, string path);

    [LoggerMessage(
        4005,
        LogLevel.Error,
        "Purges cannot be written to {Path} any more; after a restart what was rendered before counts as stale",
        EventName = "PurgesNotKept"
    )]
    public static partial void PurgesNotKept(ILogger logger, Exception exception, string path);

    [LoggerMessage(
        4006,
        LogLevel.Critical,
        "{Path} can be neither written nor deleted: delete it before the next start, or what was purged since comes back",
        EventName = "PurgeFileStays"
    )]
    public static partial void PurgeFileStays(ILogger logger, Exception exception, string path);
}
