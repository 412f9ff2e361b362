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
return await root.Parse(args).InvokeAsync();
