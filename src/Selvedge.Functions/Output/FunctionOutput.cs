using Microsoft.Extensions.Logging;

namespace Selvedge.Functions.Output;

/// <summary>Logs what a function's process prints, and remembers its last words on standard error.</summary>
/// <param name="logger">Receives every line, with the function's name.</param>
/// <param name="function">The function's name.</param>
/// <param name="maxLineLength">Where a line is cut.</param>
internal sealed class FunctionOutput(ILogger logger, string function, int maxLineLength)
{
    private const int LastWordsLines = 20;

    /// <summary>A record's JSON is longer than its message: an escaped character takes six bytes, and the host cuts the message itself.</summary>
    private const int RecordOverhead = 6;

    private readonly Queue<string> _lastWords = new();

    /// <summary>The function's name; a process can become a function after it has started.</summary>
    public string Function { get; set; } = function;

    /// <summary>Reads a stream to its end.</summary>
    public async Task ReadAsync(Stream stream, bool isError)
    {
        var reader = new BoundedLineReader(stream, isError ? maxLineLength : maxLineLength * RecordOverhead);
        while (await ReadLineAsync(reader) is { } line)
        {
            if (isError)
            {
                Remember(line);
            }

            Write(line, isError);
        }
    }

    /// <summary>The last lines on standard error, which tell why a process died; empty if there are none.</summary>
    public string LastWords()
    {
        lock (_lastWords)
        {
            return string.Join('\n', _lastWords);
        }
    }

    private static async ValueTask<string?> ReadLineAsync(BoundedLineReader reader)
    {
        try
        {
            return await reader.ReadLineAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is gone, and its pipe with it.
            return null;
        }
    }

    private void Write(string line, bool isError)
    {
        if (!ConsoleRecord.TryParse(line, out var record))
        {
            Log.FunctionOutput(logger, isError ? LogLevel.Warning : LogLevel.Information, Function, line);
        }
        else if (record.RequestId is null)
        {
            Log.FunctionOutput(logger, record.Level, Function, record.Message);
        }
        else
        {
            Log.FunctionRequestOutput(logger, record.Level, Function, record.RequestId, record.Message);
        }
    }

    private void Remember(string line)
    {
        lock (_lastWords)
        {
            if (_lastWords.Count == LastWordsLines)
            {
                _lastWords.Dequeue();
            }

            _lastWords.Enqueue(line);
        }
    }
}
