using System.CommandLine;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Cli.Output;
using Selvedge.Functions.Runtimes;
using Selvedge.Server.Configuration;
using Selvedge.Server.Hosting;
using Selvedge.Streams;
using Spectre.Console;

namespace Selvedge.Cli.Commands;

/// <summary><c>selvedge serve [DIR]</c>: serves a build output until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly SettingFault NothingToServe = new(
        "Streams:Enabled",
        "There is no build output here, and streams are turned off. To serve a site, name its directory."
    );

    private static readonly Argument<string?> DirectoryArgument = new("DIR")
    {
        Description =
            "A project's root, its .vercel/output, or a directory that holds a config.json. Default: the current directory.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<LogLevel> LogLevelOption = new("--log-level")
    {
        Description = "How much to log: Debug, Information, Warning, Error. Default: Information.",
        DefaultValueFactory = _ => LogLevel.Information,
    };

    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command("serve", "Serve a build output.") { DirectoryArgument, LogLevelOption };
        SettingFlags.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // 1. Settings.
        var (options, faults) = SettingFlags.Load(arguments, arguments.GetValue(DirectoryArgument));
        if (faults.Count > 0)
        {
            Faults.Print(faults);
            return ExitCodes.Fault;
        }

        using var claim = DataDirectoryClaim.TryTake(options.DataDirectory);

        // 2. Deployment, unless streams are all there is to serve.
        var terminal = AnsiConsole.Profile.Out.IsTerminal;
        Deployment? deployment = null;
        NodeRuntime? node = null;
        if (arguments.GetValue(DirectoryArgument) is not null || Deployments.IsBuildOutput(options.Directory))
        {
            var result = await Deployments.LoadAsync(options, terminal, cancellationToken);
            if (result.Deployment is null)
            {
                Faults.Print(options.Directory, result.Faults);
                return ExitCodes.Fault;
            }

            deployment = result.Deployment;
            claim?.Tidy(deployment);
            (node, var nodeFault) = await NodeCheck.ChooseAsync(deployment, options.Functions, cancellationToken);
            if (nodeFault is not null)
            {
                Faults.Print([nodeFault]);
                return ExitCodes.Fault;
            }
        }

        // 3. Server.
        SocketThreads.CompleteInline();
        using var signals = new StopSignals();
        var level = arguments.GetValue(LogLevelOption);
        try
        {
            await using var server = SelvedgeServer.Create(
                options,
                deployment,
                logging => Logging.Configure(logging, level, terminal),
                node: node
            );
            if (deployment is null && !options.Streams.Enabled)
            {
                Faults.Print([NothingToServe]);
                return ExitCodes.Fault;
            }

            await server.StartAsync(cancellationToken);
            Summary.Print(deployment, node, server, terminal);
            return await server.WaitForShutdownAsync() ? ExitCodes.Success : ExitCodes.DataFailure;
        }
        catch (StreamStoreException exception)
        {
            Faults.Print([new SettingFault(nameof(SelvedgeOptions.DataDirectory), exception.Message)]);
            return ExitCodes.Fault;
        }
        catch (IOException exception)
        {
            Faults.Print([
                new SettingFault(
                    "Urls",
                    $"{exception.Message} Choose another address with --urls, --http2-urls or --admin-urls."
                ),
            ]);
            return ExitCodes.Fault;
        }
    }
}
