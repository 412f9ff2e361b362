using Microsoft.Extensions.Logging;

namespace Selvedge.Functions.Output;

internal static partial class Log
{
    [LoggerMessage(EventId = 3100, EventName = "FunctionOutput", Message = "{Function}: {Text}")]
    public static partial void FunctionOutput(ILogger logger, LogLevel level, string function, string text);

    [LoggerMessage(EventId = 3101, EventName = "FunctionRequestOutput", Message = "{Function} [{RequestId}]: {Text}")]
    public static partial void FunctionRequestOutput(
        ILogger logger,
        LogLevel level,
        string function,
        string requestId,
        string text
    );
}
