using Microsoft.Extensions.Logging;
using Selvedge.Caching.Data;

namespace Selvedge.Server.Data;

internal static partial class Log
{
    [LoggerMessage(1800, LogLevel.Warning, "A request to the data cache came without a valid token", EventName = "DataRefused")]
    public static partial void DataRefused(ILogger logger);

    [LoggerMessage(
        1801,
        LogLevel.Warning,
        "The data cache does not keep what {Function} stored in {Family}: {Reason}",
        EventName = "DataNotStored"
    )]
    public static partial void DataNotStored(ILogger logger, string function, string family, DataWrite reason);

    [LoggerMessage(
        1802,
        LogLevel.Debug,
        "{Function} revalidated {Tags} tags; what carries them stays as stale for a while: {Stale}",
        EventName = "TagsRevalidated"
    )]
    public static partial void TagsRevalidated(ILogger logger, string function, int tags, bool stale);

    [LoggerMessage(
        1803,
        LogLevel.Warning,
        "The data cache cannot use {Directory} and keeps the data of functions in memory only: {Reason}",
        EventName = "DataKeptInMemoryOnly"
    )]
    public static partial void DataKeptInMemoryOnly(ILogger logger, string directory, string reason);
}
