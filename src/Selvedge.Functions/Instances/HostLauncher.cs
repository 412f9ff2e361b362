using System.ComponentModel;
using System.Net.Sockets;
using Selvedge.Functions.Output;
using Selvedge.Functions.Processes;

namespace Selvedge.Functions.Instances;

/// <summary>Starts host processes, up to where they ask which function to be.</summary>
/// <remarks>
/// <list type="number">
/// <item>Listen on the control socket, so that the process finds it.</item>
/// <item>Start the process, which connects to it before it does anything else.</item>
/// </list>
/// </remarks>
internal sealed class HostLauncher(
    FunctionHostOptions options,
    TimeProvider timeProvider,
    InstanceSockets sockets,
    Microsoft.Extensions.Logging.ILogger outputLogger
)
{
    /// <summary>Starts one.</summary>
    /// <param name="function">The function that the process's flags, variables and directory are for.</param>
    /// <param name="patience">Ends the attempt.</param>
    /// <returns>The process, or why there is none; neither if the patience has ended.</returns>
    public async Task<(BlankHost? Host, string? Fault)> LaunchAsync(FunctionSpec function, CancellationToken patience)
    {
        try
        {
            var (http, control) = sockets.Next();
            var start = await LaunchAsync(function, http, control, patience);
            if (start.Host is null)
            {
                InstanceSockets.DeleteDirectoryOf(control);
            }

            // Nobody else is to connect; the connection itself does not need its name.
            InstanceSockets.Delete(control);
            return start;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"its sockets cannot be made: {exception.Message}");
        }
    }

    private async Task<(BlankHost? Host, string? Fault)> LaunchAsync(
        FunctionSpec function,
        string http,
        string control,
        CancellationToken patience
    )
    {
        try
        {
            // 1. Listen.
            using var listener = InstanceSockets.Listen(control);

            // 2. Start the process.
            var output = new FunctionOutput(outputLogger, function.Name, options.MaxLogLineLength);
            var process = HostProcess.Start(NodeCommand.Create(function, options, control), output, timeProvider);
            return await ConnectAsync(listener, process, output, http, patience);
        }
        catch (Exception exception) when (exception is SocketException or Win32Exception or IOException)
        {
            return (null, $"'{options.NodePath}' cannot be started in {function.Directory}: {exception.Message}");
        }
    }

    private static async Task<(BlankHost? Host, string? Fault)> ConnectAsync(
        Socket listener,
        HostProcess process,
        FunctionOutput output,
        string http,
        CancellationToken patience
    )
    {
        try
        {
            var control = await AcceptAsync(listener, process, patience);
            return (new BlankHost(process, control, output, http), null);
        }
        catch (OperationCanceledException)
        {
            var exitCode = await process.EndAsync();
            process.Dispose();
            return patience.IsCancellationRequested
                ? (null, null)
                : (null, $"its process ended with exit code {exitCode} before it was ready. {output.LastWords()}");
        }
    }

    // A process that ends without having connected would be waited for in vain, so its end ends the patience.
    private static async Task<ControlConnection> AcceptAsync(Socket listener, HostProcess process, CancellationToken patience)
    {
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(patience);
        var connecting = ControlConnection.AcceptAsync(listener, alive.Token);
        if (await Task.WhenAny(connecting, process.Exited) != connecting)
        {
            await alive.CancelAsync();
        }

        return await connecting;
    }
}
