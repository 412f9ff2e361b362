using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Selvedge.Testing;

/// <summary>The real command, <c>selvedge serve</c>, in a process of its own on a free loopback port.</summary>
public sealed class SelvedgeProcess : IAsyncDisposable
{
    /// <summary>What the command prints, on a line of its own, once it accepts requests and no terminal watches.</summary>
    private const string ReadyLine = "Listening on ";

    /// <summary>What it prints before that, if it has an address for HTTP/2.</summary>
    private const string Http2Line = "HTTP/2: ";

    /// <summary>What event 1500 says, if the admin listener is on.</summary>
    private const string AdminMessage = "The admin listener is at ";

    // Generous: the first start hashes every static file and stages functions, on a machine that may be busy building.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly TempDirectory? _ownData;
    private readonly Lock _outputLock = new();
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _admin = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(string Beginning, TaskCompletionSource Printed)> _awaited = [];
    private bool _stopExpected;

    private SelvedgeProcess(Process process, TempDirectory? ownData)
    {
        _process = process;
        _ownData = ownData;
        Exited = WatchAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Where it speaks HTTP/2 with prior knowledge, if the settings name one address for that.</summary>
    public Uri? Http2Address { get; private set; }

    public int ProcessId => _process.Id;

    /// <summary>Completes with the exit code when the process has ended and all its output is read.</summary>
    public Task<int> Exited { get; }

    /// <summary>Everything printed so far, both streams, line by line.</summary>
    public string Output
    {
        get
        {
            lock (_outputLock)
                return _output.ToString();
        }
    }

    /// <summary>Where the admin listener is; waits for the event that says so.</summary>
    /// <exception cref="TimeoutException">It is not on.</exception>
    public Task<Uri> AdminAddressAsync() => _admin.Task.WaitAsync(StartPatience);

    /// <summary>Waits until it has printed a line that begins so.</summary>
    /// <exception cref="TimeoutException">It has not, for half a minute.</exception>
    public Task PrintsAsync(string beginning)
    {
        lock (_outputLock)
        {
            if (_output.ToString().Split(Environment.NewLine).Any(line => line.StartsWith(beginning, StringComparison.Ordinal)))
                return Task.CompletedTask;
            var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((beginning, printed));
            return printed.Task.WaitAsync(StopPatience);
        }
    }

    /// <summary>Starts the command and waits until it accepts requests.</summary>
    /// <param name="directory">The project, or its build output; <see langword="null"/> for streams alone.</param>
    /// <param name="dataDirectory">Where it keeps its data; a temporary directory of its own if left out.</param>
    /// <param name="environment">Added to the environment of the test run.</param>
    /// <exception cref="InvalidOperationException">It ended or stayed silent instead; the message holds its output.</exception>
    public static async Task<SelvedgeProcess> StartAsync(
        string? directory,
        string? dataDirectory = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var ownData = dataDirectory is null ? new TempDirectory() : null;
        var process = Process.Start(Describe(directory, dataDirectory ?? ownData!.Path, environment))!;
        var selvedge = new SelvedgeProcess(process, ownData);
        try
        {
            selvedge.BaseAddress = await selvedge._ready.Task.WaitAsync(StartPatience);
            return selvedge;
        }
        catch (Exception exception)
        {
            await selvedge.KillAsync();
            await selvedge.DisposeAsync();
            throw new InvalidOperationException($"selvedge did not start. It printed:\n{selvedge.Output}", exception);
        }
    }

    /// <summary>Asks the process to stop (SIGTERM), as a service manager does.</summary>
    public void Terminate()
    {
        _stopExpected = true;
        if (!_process.HasExited)
            Signals.Terminate(_process.Id);
    }

    /// <summary>Asks the process to stop, and waits for its end.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">It did not stop by itself, and was killed.</exception>
    public async Task<int> StopAsync()
    {
        Terminate();
        try
        {
            return await Exited.WaitAsync(StopPatience);
        }
        catch (TimeoutException exception)
        {
            await KillAsync();
            throw new InvalidOperationException($"selvedge did not stop. It printed:\n{Output}", exception);
        }
    }

    /// <summary>Ends the process at once (SIGKILL), as the kernel does when memory runs out.</summary>
    /// <remarks>The function processes that it started are left to notice by themselves.</remarks>
    public async Task KillAsync()
    {
        _stopExpected = true;
        _process.Kill();
        await Exited;
    }

    /// <summary>
    /// Stops the process if the test has not; then, and if it ended on its own before, an exit code other than 0 is a failure.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_stopExpected && await StopAsync() is var exitCode and not 0)
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"selvedge ended with code {exitCode}. It printed:\n{Output}")
                );

            // A test that failed while it waited for the end leaves nothing running either.
            if (!Exited.IsCompleted)
                await KillAsync();
        }
        finally
        {
            _process.Dispose();
            _ownData?.Dispose();
        }
    }

    private static ProcessStartInfo Describe(
        string? directory,
        string dataDirectory,
        IReadOnlyDictionary<string, string>? environment
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Repository.Command, "serve", "--urls", "http://127.0.0.1:0", "--data-dir", dataDirectory },
            // Without a directory to serve, the working directory must not look like one.
            WorkingDirectory = directory is null ? dataDirectory : "",
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The runtime's pipes for debuggers stay behind in the temporary directory of a process that is killed.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        if (directory is not null)
            start.ArgumentList.Add(directory);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return start;
    }

    private async Task<int> WatchAsync()
    {
        await Task.WhenAll(CaptureAsync(_process.StandardOutput), CaptureAsync(_process.StandardError));
        await _process.WaitForExitAsync();
        _ready.TrySetException(new InvalidOperationException("It ended before it listened."));
        return _process.ExitCode;
    }

    private async Task CaptureAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_outputLock)
            {
                _output.AppendLine(line);
                foreach (var (beginning, printed) in _awaited)
                    if (line.StartsWith(beginning, StringComparison.Ordinal))
                        printed.TrySetResult();
            }

            if (line.StartsWith(Http2Line, StringComparison.Ordinal))
                Http2Address = new Uri(line[Http2Line.Length..].Trim());
            if (line.StartsWith(ReadyLine, StringComparison.Ordinal))
                _ready.TrySetResult(new Uri(line[ReadyLine.Length..].Trim()));
            if (line.IndexOf(AdminMessage, StringComparison.Ordinal) is var found and >= 0)
                _admin.TrySetResult(new Uri(line[(found + AdminMessage.Length)..].Split('"')[0]));
        }
    }
}
