using Microsoft.Extensions.Logging;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Instances;

/// <summary>What every instance of a host shares.</summary>
internal sealed class InstanceContext : IDisposable
{
    /// <summary>Makes it all, and the directory of the sockets.</summary>
    public InstanceContext(
        FunctionHostOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggerFactory,
        FunctionMetrics metrics
    )
    {
        Options = options;
        TimeProvider = timeProvider;
        Metrics = metrics;
        Logger = loggerFactory.CreateLogger("Selvedge.Functions");
        Sockets = new InstanceSockets(options.SocketDirectory);
        Hosts = new HostLauncher(options, timeProvider, Sockets, loggerFactory.CreateLogger("Selvedge.Functions.Output"));
        Budget = new InstanceBudget(options.MaxInstances, timeProvider);
        Monitor = new InstanceMonitor(timeProvider, metrics);
        Blanks = new BlankSupply(this);
    }

    /// <summary>The host's settings.</summary>
    public FunctionHostOptions Options { get; }

    /// <summary>The clock of every time limit.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Counts what happens.</summary>
    public FunctionMetrics Metrics { get; }

    /// <summary>Receives what happens to instances.</summary>
    public ILogger Logger { get; }

    /// <summary>Numbers the requests.</summary>
    public EchoSource Echoes { get; } = new();

    /// <summary>Names the instances' sockets.</summary>
    public InstanceSockets Sockets { get; }

    /// <summary>Starts processes.</summary>
    public HostLauncher Hosts { get; }

    /// <summary>Bounds the processes.</summary>
    public InstanceBudget Budget { get; }

    /// <summary>Looks after the instances.</summary>
    public InstanceMonitor Monitor { get; }

    /// <summary>Processes that are no function yet.</summary>
    public BlankSupply Blanks { get; }

    /// <summary>Ends the timers and removes the sockets' directory. No instance is left by then.</summary>
    public void Dispose()
    {
        Budget.Dispose();
        Monitor.Dispose();
        Sockets.Dispose();
    }
}
