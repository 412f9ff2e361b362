using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Selvedge.Cli.Output;

/// <summary>Sends log events to the error stream: readable lines on a terminal, one JSON object a line otherwise.</summary>
internal static class Logging
{
    /// <summary>Sets logging up.</summary>
    public static void Configure(ILoggingBuilder logging, LogLevel level, bool terminal)
    {
        logging.SetMinimumLevel(level);
        // Kestrel and the host report each connection's mishaps; they matter when looking for one, not in daily running.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A server that cannot start says so in one line of its own.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // It says nothing above information, but as long as it may, every request gets an activity and a scope that nobody reads.
        // Listeners to activities get theirs regardless.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (terminal)
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }
        else
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                // Logs are read by people and tools, not by browsers: quotes and brackets stay legible.
                console.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }

        // What a program prints for others to read goes to standard output alone.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
