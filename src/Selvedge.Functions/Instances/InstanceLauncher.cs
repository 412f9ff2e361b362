using System.Net.Sockets;
using System.Security.Cryptography;
using Selvedge.Functions.Processes;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Instances;

/// <summary>Starts instances of a function.</summary>
/// <remarks>
/// <list type="number">
/// <item>Take a blank, or start a process (<see cref="HostLauncher"/>).</item>
/// <item>Tell it which function to be.</item>
/// <item>Hear that it has loaded the function and listens, or why not.</item>
/// </list>
/// Each step ends early when the process does, when the time for the whole is over, or when the host shuts down.
/// </remarks>
internal sealed class InstanceLauncher(FunctionPool pool, InstanceContext context)
{
    private readonly FunctionSpec _function = pool.Function;

    /// <summary>Starts one.</summary>
    /// <param name="blank">The process to make it of, which is ended if that fails; <see langword="null"/> to start one.</param>
    /// <param name="stop">Signalled when the host shuts down.</param>
    public async Task<InstanceStart> LaunchAsync(BlankHost? blank, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(context.Options.StartTimeout, context.TimeProvider);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);

        // 1. Take a blank, or start a process.
        var (host, fault) = (blank, FindFault());
        if (host is null && fault is null)
        {
            (host, fault) = await context.Hosts.LaunchAsync(_function, patience.Token);
        }

        // 2. and 3. Make it the function.
        var instance = host is null || fault is not null ? null : await TellAsync(host, blank is not null, patience.Token);
        if (instance?.Succeeded == true)
        {
            return instance.Value;
        }

        fault ??= instance?.Fault;
        var exitCode = host is null ? 0 : await host.EndAsync();
        if (fault is not null)
        {
            return new(Instance: null, fault);
        }

        var words = host?.Output.LastWords();
        return new(
            Instance: null,
            stop.IsCancellationRequested ? "the server shuts down."
                : timeout.IsCancellationRequested
                    ? $"it is not ready within {context.Options.StartTimeout.TotalSeconds:F0} s. {words}"
                : $"its process ended with exit code {exitCode} before it was ready. {words}"
        );
    }

    // Neither an instance nor a fault: the process ended, or the patience did.
    private async Task<InstanceStart?> TellAsync(BlankHost host, bool isBlank, CancellationToken patience)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        host.Output.Function = _function.Name;
        await host.Control.SendAsync(Start(host.Socket, token, isBlank), ControlJson.Default.StartMessage);
        try
        {
            var answer = await host.Control.ReceiveAsync().AsTask().WaitAsync(patience);
            if (answer?.Type == "ready")
            {
                var link = await Link.ConnectAsync(host.Socket, patience);
                return new(new FunctionInstance(pool, context, host, new ConnectionPool(link, token), token), Fault: null);
            }

            return answer?.Type == "failed" ? new(Instance: null, $"its module fails to load. {answer.Detail}") : null;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            return null;
        }
    }

    private string? FindFault()
    {
        var directory = Path.GetFullPath(_function.Directory);
        if (!Directory.Exists(directory))
        {
            return $"its directory {directory} does not exist.";
        }

        return FindFault("handler", _function.Handler, directory)
            ?? _function
                .Assets.Values.Select(asset => FindFault("asset", asset, directory))
                .FirstOrDefault(fault => fault is not null);
    }

    private static string? FindFault(string what, string file, string directory)
    {
        var path = Path.GetFullPath(file, directory);
        if (!path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            return $"its {what} '{file}' leads out of {directory}.";
        }

        return File.Exists(path) ? null : $"its {what} '{file}' does not exist in {directory}.";
    }

    private StartMessage Start(string socket, string token, bool isBlank) =>
        new()
        {
            Runtime = _function.Runtime == FunctionRuntime.Edge ? "edge" : "node",
            Directory = Path.GetFullPath(_function.Directory),
            Handler = _function.Handler,
            ShouldAddHelpers = _function.ShouldAddHelpers,
            UseWebApi = _function.UseWebApi,
            AwsLambdaHandler = _function.AwsLambdaHandler,
            Assets = _function.Assets,
            DataCache = _function.DataCache,
            // A process that was started for the function has them already.
            Environment = isBlank
                ? FunctionEnvironment.Create(_function, context.Options, System.Environment.GetEnvironmentVariable)
                : null,
            Socket = socket,
            Token = token,
            MaxDuration = (long)_function.MaxDuration.TotalMilliseconds,
            Loopback = context.Options.Loopback is { } loopback ? new(loopback.SocketPath, loopback.Names()) : null,
            MaxLogLength = context.Options.MaxLogLineLength,
        };
}
