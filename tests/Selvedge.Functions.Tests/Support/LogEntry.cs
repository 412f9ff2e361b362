using Microsoft.Extensions.Logging;

namespace Selvedge.Functions.Tests.Support;

internal sealed record LogEntry(string Category, LogLevel Level, EventId Event, string Text);
