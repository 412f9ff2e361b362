using System.CommandLine;
using Selvedge.Cli.Commands;

var root = new RootCommand("Your own edge in one server: serves a Vercel build output the way Vercel's edge does.")
{
    ServeCommand.Create(),
    InspectCommand.Create(),
    RouteCommand.Create(),
    StreamsCommand.Create(),
    PurgeCommand.Create(),
};

// The server has a limit of its own for what is under way when it is told to stop (Limits:ShutdownTimeout).
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
