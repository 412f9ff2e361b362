using System.ComponentModel;
using System.Net.Sockets;
using System.Security.Cryptography;
using Selvedge.Functions.Output;
using Selvedge.Functions.Processes;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Instances;

/// <summary>Starts instances of a function.</summary>
/// <remarks>
/// <list type="number">
/// <item>Listen on the control socket, so that the process finds it.</item>
/// <item>Start the process, which connects to it before it does anything else.</item>
/// <item>Tell it which function to be.</item>
/// <item>Hear that it has loaded the function and listens, or why not.</item>
/// </list>
/// Each step ends early when the process does, when the time for the whole is over, or when the host shuts down.
/// </remarks>
internal sealed class InstanceLauncher(FunctionSpec function, InstanceContext context)
{
    /// <summary>Starts one.</summary>
    /// <param name="left">What the instance calls when it takes no more requests.</param>
    /// <param name="stop">Signalled when the host shuts down.</param>
    public async Task<InstanceStart> LaunchAsync(Action<FunctionInstance> left, CancellationToken stop)
    {
        if (FindFault() is { } fault)
        {
            return new(Instance: null, fault);
        }

        var (http, control) = context.Sockets.Next();
        try
        {
            return await LaunchAsync(http, control, left, stop);
        }
        catch (Exception exception) when (exception is SocketException or Win32Exception or IOException)
        {
            InstanceSockets.DeleteDirectoryOf(http);
            return new(
                Instance: null,
                $"'{context.Options.NodePath}' cannot be started in {function.Directory}: {exception.Message}"
            );
        }
        finally
        {
            // Nobody else is to connect; the connection itself does not need its name.
            InstanceSockets.Delete(control);
        }
    }

    private async Task<InstanceStart> LaunchAsync(
        string http,
        string controlPath,
        Action<FunctionInstance> left,
        CancellationToken stop
    )
    {
        // 1. Listen.
        using var listener = InstanceSockets.Listen(controlPath);

        // 2. Start the process.
        var output = new FunctionOutput(context.OutputLogger, function.Name, context.Options.MaxLogLineLength);
        var command = NodeCommand.Create(function, context.Options, controlPath);
        var process = HostProcess.Start(command, output, context.TimeProvider);
        using var timeout = new CancellationTokenSource(context.Options.StartTimeout, context.TimeProvider);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        ControlConnection? control = null;
        string? fault;
        try
        {
            control = await AcceptAsync(listener, process, patience);

            // 3. Tell it which function to be.
            var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
            await control.SendAsync(Start(http, token), ControlJson.Default.StartMessage);

            // 4. Hear how it went.
            var answer = await control.ReceiveAsync().AsTask().WaitAsync(patience.Token);
            if (answer?.Type == "ready")
            {
                var connections = new ConnectionPool(http);
                return new(
                    new FunctionInstance(function, context, process, control, connections, token, output, left),
                    Fault: null
                );
            }

            fault = answer?.Type == "failed" ? $"its module fails to load. {answer.Detail}" : null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            fault = "the server shuts down.";
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            fault = $"it is not ready within {context.Options.StartTimeout.TotalSeconds:F0} s. {output.LastWords()}";
        }
        catch (OperationCanceledException)
        {
            fault = null;
        }

        var exitCode = await process.EndAsync();
        control?.Dispose();
        process.Dispose();
        InstanceSockets.DeleteDirectoryOf(http);
        return new(
            Instance: null,
            fault ?? $"its process ended with exit code {exitCode} before it was ready. {output.LastWords()}"
        );
    }

    // A process that ends without having connected would be waited for in vain, so its end ends the patience.
    private static async Task<ControlConnection> AcceptAsync(
        Socket listener,
        HostProcess process,
        CancellationTokenSource patience
    )
    {
        var connecting = ControlConnection.AcceptAsync(listener, patience.Token);
        if (await Task.WhenAny(connecting, process.Exited) != connecting)
        {
            await patience.CancelAsync();
        }

        return await connecting;
    }

    private string? FindFault()
    {
        var directory = Path.GetFullPath(function.Directory);
        if (!Directory.Exists(directory))
        {
            return $"its directory {directory} does not exist.";
        }

        return FindFault("handler", function.Handler, directory)
            ?? function
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

    private StartMessage Start(string http, string token) =>
        new()
        {
            Runtime = function.Runtime == FunctionRuntime.Edge ? "edge" : "node",
            Directory = Path.GetFullPath(function.Directory),
            Handler = function.Handler,
            ShouldAddHelpers = function.ShouldAddHelpers,
            UseWebApi = function.UseWebApi,
            AwsLambdaHandler = function.AwsLambdaHandler,
            Assets = function.Assets,
            DataCache = function.DataCache,
            Socket = http,
            Token = token,
            MaxDuration = (long)function.MaxDuration.TotalMilliseconds,
            Loopback = context.Options.Loopback is { } loopback ? new(loopback.SocketPath, loopback.Names()) : null,
            MaxLogLength = context.Options.MaxLogLineLength,
        };
}
