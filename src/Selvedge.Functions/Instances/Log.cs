using Microsoft.Extensions.Logging;

namespace Selvedge.Functions.Instances;

internal static partial class Log
{
    [LoggerMessage(
        EventId = 3000,
        EventName = "InstanceReady",
        Level = LogLevel.Information,
        Message = "Function {Function} runs in process {ProcessId}, {Elapsed:F0} ms after its start."
    )]
    public static partial void InstanceReady(ILogger logger, string function, int processId, double elapsed);

    [LoggerMessage(
        EventId = 3001,
        EventName = "InstanceStartFailed",
        Level = LogLevel.Error,
        Message = "Function {Function} does not start: {Fault}"
    )]
    public static partial void InstanceStartFailed(ILogger logger, string function, string fault);

    [LoggerMessage(
        EventId = 3002,
        EventName = "InstanceFault",
        Level = LogLevel.Error,
        Message = "Process {ProcessId} of function {Function} is replaced, for nobody caught its error. {Fault}"
    )]
    public static partial void InstanceFault(ILogger logger, string function, int processId, string fault);

    [LoggerMessage(
        EventId = 3003,
        EventName = "InstanceRetired",
        Level = LogLevel.Debug,
        Message = "Process {ProcessId} of function {Function} is to end: {Reason}."
    )]
    public static partial void InstanceRetired(ILogger logger, string function, int processId, EndReason reason);

    [LoggerMessage(
        EventId = 3004,
        EventName = "InstanceEnded",
        Level = LogLevel.Debug,
        Message = "Process {ProcessId} of function {Function} ended with exit code {ExitCode}."
    )]
    public static partial void InstanceEnded(ILogger logger, string function, int processId, int exitCode);

    [LoggerMessage(
        EventId = 3005,
        EventName = "InstanceDied",
        Level = LogLevel.Error,
        Message = "Process {ProcessId} of function {Function} died with exit code {ExitCode} and {InFlight} requests in flight. {LastWords}"
    )]
    public static partial void InstanceDied(
        ILogger logger,
        string function,
        int processId,
        int exitCode,
        int inFlight,
        string lastWords
    );

    [LoggerMessage(
        EventId = 3006,
        EventName = "InstanceHangs",
        Level = LogLevel.Error,
        Message = "Process {ProcessId} of function {Function} does not answer a ping within {Timeout}, and is killed."
    )]
    public static partial void InstanceHangs(ILogger logger, string function, int processId, TimeSpan timeout);

    [LoggerMessage(
        EventId = 3007,
        EventName = "InstanceOverstays",
        Level = LogLevel.Warning,
        Message = "Process {ProcessId} of function {Function} was told to end and still runs, and is killed."
    )]
    public static partial void InstanceOverstays(ILogger logger, string function, int processId);

    [LoggerMessage(
        EventId = 3008,
        EventName = "InstanceGrows",
        Level = LogLevel.Error,
        Message = "Process {ProcessId} of function {Function} holds {Resident} MiB of memory, of {Limit} MiB that it may, and is replaced."
    )]
    public static partial void InstanceGrows(ILogger logger, string function, int processId, long resident, long limit);

    [LoggerMessage(
        EventId = 3009,
        EventName = "InstanceOutgrows",
        Level = LogLevel.Error,
        Message = "Process {ProcessId} of function {Function} holds {Resident} MiB of memory, of {Limit} MiB that it may, and is killed."
    )]
    public static partial void InstanceOutgrows(ILogger logger, string function, int processId, long resident, long limit);

    [LoggerMessage(
        EventId = 3010,
        EventName = "BlankFailed",
        Level = LogLevel.Warning,
        Message = "No process can be started ahead of its use: {Fault}"
    )]
    public static partial void BlankFailed(ILogger logger, string fault);

    [LoggerMessage(
        EventId = 3011,
        EventName = "BlankReady",
        Level = LogLevel.Debug,
        Message = "Process {ProcessId} waits to become a function."
    )]
    public static partial void BlankReady(ILogger logger, int processId);
}
