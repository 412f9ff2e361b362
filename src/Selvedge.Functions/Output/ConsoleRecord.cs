using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Selvedge.Functions.Output;

/// <summary>
/// One <c>console</c> call of a function, as its host writes it to standard output: a record of a JSON text sequence (RFC 7464).
/// </summary>
/// <param name="Level">The level that fits the method that was called.</param>
/// <param name="RequestId">The request that it was called for; <see langword="null"/> outside of any.</param>
/// <param name="Message">The text, of one line or more.</param>
internal readonly record struct ConsoleRecord(LogLevel Level, string? RequestId, string Message)
{
    private const char RecordSeparator = '\u001e';

    /// <summary>Reads a line as a record. Whatever else a function prints is none, and stays the line that it is.</summary>
    public static bool TryParse(string line, out ConsoleRecord record)
    {
        record = default;
        if (line.Length == 0 || line[0] != RecordSeparator)
        {
            return false;
        }

        try
        {
            var parsed = JsonSerializer.Deserialize(line.AsSpan(1), OutputJson.Default.ConsoleRecordJson);
            if (parsed?.Message is null)
            {
                return false;
            }

            record = new(ToLevel(parsed.Level), string.IsNullOrEmpty(parsed.Request) ? null : parsed.Request, parsed.Message);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static LogLevel ToLevel(string? level) =>
        level switch
        {
            "debug" => LogLevel.Debug,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        };
}
