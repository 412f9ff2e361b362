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

    private static readonly Option<string?> UrlsOption = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons. Default: http://localhost:3000.",
    };

    private static readonly Option<string?> Http2UrlsOption = new("--http2-urls")
    {
        Description = "Addresses to speak HTTP/2 on, without TLS, separated by semicolons. Default: none.",
    };

    private static readonly Option<string?> AdminUrlsOption = new("--admin-urls")
    {
        Description =
            "Addresses of the admin listener, separated by semicolons. Default: none, which turns it off. It needs Admin:Token.",
    };

    private static readonly Option<string?> DataDirectoryOption = new("--data-dir")
    {
        Description = "Where the server keeps what must outlive it. Default: .selvedge.",
    };

    private static readonly Option<string?> ProjectRootOption = new("--project-root")
    {
        Description = "The directory `vercel build` ran in. Default: the one that holds .vercel.",
    };

    private static readonly Option<LogLevel> LogLevelOption = new("--log-level")
    {
        Description = "How much to log: Debug, Information, Warning, Error. Default: Information.",
        DefaultValueFactory = _ => LogLevel.Information,
    };

    /// <summary>Declares the command.</summary>
    public static Command Create()
    {
        var command = new Command("serve", "Serve a build output.")
        {
            DirectoryArgument,
            UrlsOption,
            Http2UrlsOption,
            AdminUrlsOption,
            DataDirectoryOption,
            ProjectRootOption,
            LogLevelOption,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // 1. Settings.
        var (options, faults) = Settings.Load(arguments.GetValue(DirectoryArgument), FlagsOf(arguments));
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

    private static Dictionary<string, string?> FlagsOf(ParseResult arguments)
    {
        var flags = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Add(nameof(SelvedgeOptions.Urls), UrlsOption);
        Add(nameof(SelvedgeOptions.Http2Urls), Http2UrlsOption);
        Add($"{nameof(SelvedgeOptions.Admin)}:{nameof(AdminOptions.Urls)}", AdminUrlsOption);
        Add(nameof(SelvedgeOptions.DataDirectory), DataDirectoryOption);
        Add(nameof(SelvedgeOptions.ProjectRoot), ProjectRootOption);
        return flags;

        void Add(string key, Option<string?> option)
        {
            if (arguments.GetValue(option) is { } value)
            {
                flags[key] = value;
            }
        }
    }
}
