using System.Diagnostics;
using System.Text;
using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>The real command in a process of its own.</summary>
internal sealed class CommandProcess : IAsyncDisposable
{
    /// <summary>What servers under test ask for and commands present, unless a test says otherwise.</summary>
    public const string Token = "a token of some length";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private CommandProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs a command to its end, with more in its environment.</summary>
    public static Task<CommandResult> RunAsync(string[] arguments, IReadOnlyDictionary<string, string> environment) =>
        RunAsync([], arguments, Token, environment);

    /// <summary>Runs a command to its end, with bytes on its standard input.</summary>
    public static async Task<CommandResult> RunAsync(
        byte[] input,
        string[] arguments,
        string? token = Token,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        await using var command = Start(arguments, token, environment);
        var output = new MemoryStream();
        var reading = command._process.StandardOutput.BaseStream.CopyToAsync(output);
        await command.WriteAsync(input);
        await reading.WaitAsync(Patience);
        var (exitCode, error) = await command.EndAsync();
        return new CommandResult(exitCode, output.ToArray(), error);
    }

    /// <summary>Starts a command whose standard input stays empty.</summary>
    public static async Task<CommandProcess> StartAsync(params string[] arguments)
    {
        var command = Start(arguments, Token);
        await command.WriteAsync([]);
        return command;
    }

    /// <summary>Reads a line of standard output.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    /// <summary>Stops reading its standard output, as <c>head</c> does when it has enough.</summary>
    public void StopReading() => _process.StandardOutput.Close();

    /// <summary>Interrupts it.</summary>
    public void Interrupt() => Signals.Terminate(_process.Id);

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        var error = await _error.WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static CommandProcess Start(
        string[] arguments,
        string? token,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Command, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (token is not null)
            start.Environment["SELVEDGE_ADMIN__TOKEN"] = token;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return new CommandProcess(Process.Start(start)!);
    }

    private async Task WriteAsync(byte[] input)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading everything; how is what the test looks at.
        }
    }
}
