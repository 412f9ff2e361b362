using Microsoft.Extensions.Configuration;

namespace Selvedge.Server.Configuration;

/// <summary>Gathers the settings of a server from its three sources.</summary>
public static class Settings
{
    private const string FileName = "selvedge.json";
    private const string EnvironmentPrefix = "SELVEDGE_";

    /// <summary>Reads and checks all settings.</summary>
    /// <param name="directory">What to serve, as the command line named it; <c>selvedge.json</c> is looked for there.</param>
    /// <param name="flags">What the command line set, by key; it wins over everything.</param>
    /// <returns>The settings, and every fault. With any fault they must not be used.</returns>
    public static (SelvedgeOptions Options, IReadOnlyList<SettingFault> Faults) Load(
        string? directory,
        IReadOnlyDictionary<string, string?> flags
    )
    {
        var faults = new List<SettingFault>();
        var builder = new ConfigurationBuilder();
        var file = Path.GetFullPath(Path.Combine(directory ?? ".", FileName));
        if (File.Exists(file))
        {
            builder.AddJsonFile(file, optional: false, reloadOnChange: false);
        }

        builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(flags);
        if (directory is not null)
        {
            builder.AddInMemoryCollection([new(nameof(SelvedgeOptions.Directory), directory)]);
        }

        IConfiguration configuration;
        try
        {
            configuration = builder.Build();
        }
        catch (InvalidDataException exception)
        {
            var reason = exception.InnerException?.Message ?? exception.Message;
            return (new SelvedgeOptions(), [new SettingFault(FileName, $"{file} is not valid JSON: {reason}")]);
        }

        var options = SettingsReader.Read<SelvedgeOptions>(configuration, faults);
        SettingsValidator.Validate(options, faults);
        return (options, faults);
    }

    /// <summary>The variables that routes may name in their <c>env</c>: those that functions get from the project and the settings.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(SelvedgeOptions options) =>
        ProjectEnvironment.Read(ProjectRootOf(options), options.Functions.Environment);

    /// <summary>The directory of the project, whether the settings name it, its <c>.vercel</c> or its build output.</summary>
    public static string ProjectRootOf(SelvedgeOptions options)
    {
        var directory = Path.GetFullPath(options.Directory);
        var above = Path.GetDirectoryName(directory);
        var root = options.ProjectRoot switch
        {
            { } named => Path.GetFullPath(named),
            null when Path.GetFileName(directory) == ".vercel" => above,
            null when Path.GetFileName(above) == ".vercel" => Path.GetDirectoryName(above),
            _ => directory,
        };
        return root ?? directory;
    }
}
