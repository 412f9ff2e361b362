using System.CommandLine;
using Selvedge.Cli.Commands;

var root = new RootCommand("Your own edge in one server: serves a Vercel build output the way Vercel's edge does.")
{
    ServeCommand.Create(),
    InspectCommand.Create(),
    DoctorCommand.Create(),
    RouteCommand.Create(),
    StreamsCommand.Create(),
    ProjectsCommand.Create(),
    PurgeCommand.Create(),
};

// A command that is told to stop gets the time it needs: the server has a limit of its own (Limits:ShutdownTimeout), and the
// library's two seconds would cut its answers short.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromHours(24) });
