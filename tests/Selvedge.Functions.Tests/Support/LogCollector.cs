using Microsoft.Extensions.Logging;

namespace Selvedge.Functions.Tests.Support;

/// <summary>Keeps what is logged, and lets a test wait for it.</summary>
internal sealed class LogCollector : ILoggerFactory
{
    private readonly Lock _gate = new();
    private readonly List<LogEntry> _entries = [];
    private readonly List<(Func<LogEntry, bool> Matches, TaskCompletionSource<LogEntry> Found)> _waiting = [];

    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>The first entry, written or still to be written, that contains the text.</summary>
    public Task<LogEntry> WaitAsync(string text) => WaitAsync(entry => entry.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>The first entry, written or still to be written, of that event.</summary>
    public Task<LogEntry> WaitForEventAsync(string name) => WaitAsync(entry => entry.Event.Name == name);

    public Task<LogEntry> WaitAsync(Func<LogEntry, bool> matches)
    {
        lock (_gate)
        {
            if (_entries.Find(entry => matches(entry)) is { } entry)
            {
                return Task.FromResult(entry);
            }

            var found = new TaskCompletionSource<LogEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((matches, found));
            return found.Task.WaitAsync(TestHost.Patience);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose() { }

    private void Add(LogEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
            foreach (var waiting in _waiting.FindAll(waiting => waiting.Matches(entry)))
            {
                waiting.Found.TrySetResult(entry);
            }
        }
    }

    private sealed class Logger(LogCollector owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => owner.Add(new(category, logLevel, eventId, formatter(state, exception)));
    }
}
