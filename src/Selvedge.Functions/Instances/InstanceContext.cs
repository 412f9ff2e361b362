using Microsoft.Extensions.Logging;

namespace Selvedge.Functions.Instances;

/// <summary>What every instance of a host shares.</summary>
/// <param name="Options">The host's settings.</param>
/// <param name="TimeProvider">The clock of every time limit.</param>
/// <param name="Logger">Receives what happens to instances.</param>
/// <param name="OutputLogger">Receives what functions print.</param>
/// <param name="Sockets">Names the instances' sockets.</param>
internal sealed record InstanceContext(
    FunctionHostOptions Options,
    TimeProvider TimeProvider,
    ILogger Logger,
    ILogger OutputLogger,
    InstanceSockets Sockets
);
