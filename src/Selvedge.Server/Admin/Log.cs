using Microsoft.Extensions.Logging;

namespace Selvedge.Server.Admin;

internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Information, "The admin listener is at {Addresses}", EventName = "AdminListening")]
    public static partial void Listening(ILogger logger, string addresses);

    [LoggerMessage(
        1501,
        LogLevel.Information,
        "Purged (all: {All}): {Tags} tags, {Urls} URLs, {Prefixes} prefixes; soft: {Soft}",
        EventName = "Purged"
    )]
    public static partial void Purged(ILogger logger, bool all, int tags, int urls, int prefixes, bool soft);

    [LoggerMessage(1502, LogLevel.Information, "Project {Project} was changed: {Method} {What}", EventName = "ProjectChanged")]
    public static partial void ProjectChanged(ILogger logger, string project, string method, string what);
}
