using System.CommandLine;
using Selvedge.Server.Configuration;

namespace Selvedge.Cli.Commands;

/// <summary>The settings that have a flag: those of <c>serve</c>, which commands that look at what it would use take as well.</summary>
internal static class SettingFlags
{
    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons. Default: http://localhost:3000.",
    };

    private static readonly Option<string?> Http2Urls = new("--http2-urls")
    {
        Description = "Addresses to speak HTTP/2 on, without TLS, separated by semicolons. Default: none.",
    };

    private static readonly Option<string?> AdminUrls = new("--admin-urls")
    {
        Description =
            "Addresses of the admin listener, separated by semicolons. Default: none, which turns it off. It needs Admin:Token.",
    };

    private static readonly Option<string?> DataDirectory = new("--data-dir")
    {
        Description = "Where the server keeps what must outlive it. Default: .selvedge.",
    };

    private static readonly Option<string?> ProjectRoot = new("--project-root")
    {
        Description = "The directory `vercel build` ran in. Default: the one that holds .vercel.",
    };

    private static readonly (string Key, Option<string?> Flag)[] All =
    [
        (nameof(SelvedgeOptions.Urls), Urls),
        (nameof(SelvedgeOptions.Http2Urls), Http2Urls),
        ($"{nameof(SelvedgeOptions.Admin)}:{nameof(AdminOptions.Urls)}", AdminUrls),
        (nameof(SelvedgeOptions.DataDirectory), DataDirectory),
        (nameof(SelvedgeOptions.ProjectRoot), ProjectRoot),
    ];

    /// <summary>Lets a command take all of them.</summary>
    public static void AddTo(Command command)
    {
        foreach (var (_, flag) in All)
        {
            command.Add(flag);
        }
    }

    /// <summary>Reads and checks all settings, those that the flags of a command line set among them.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="directory">The directory it names, if it names one.</param>
    public static (SelvedgeOptions Options, IReadOnlyList<SettingFault> Faults) Load(ParseResult arguments, string? directory)
    {
        var flags = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, flag) in All)
        {
            if (arguments.GetValue(flag) is { } value)
            {
                flags[key] = value;
            }
        }

        return Settings.Load(directory, flags);
    }
}
