using System.Text;

namespace Selvedge.BuildOutput.Tests;

/// <summary>Writes a build output into a temporary project, and removes both at the end of a test.</summary>
internal sealed class OutputBuilder : IDisposable
{
    public const string NodeConfig = """{"runtime":"nodejs24.x","handler":"index.js","launcherType":"Nodejs"}""";
    public const string EdgeConfig = """{"runtime":"edge","entrypoint":"index.js","deploymentTarget":"v8-worker"}""";

    /// <summary>Begins a project whose output is sound and empty.</summary>
    public OutputBuilder()
    {
        Home = Directory.CreateTempSubdirectory("selvedge-output-").FullName;
        Project = Path.Join(Home, "project");
        Output = Path.Join(Project, ".vercel", "output");
        Staging = Path.Join(Home, "data", "staging");
        Config("""{"version":3,"routes":[]}""");
    }

    /// <summary>Holds everything; what lies here lies outside of the project.</summary>
    public string Home { get; }

    public string Project { get; }

    public string Output { get; }

    public string Staging { get; }

    public OutputBuilder Config(string json) => File("config.json", json);

    public OutputBuilder Static(string path, string content = "static") => File($"static/{path}", content);

    /// <summary>Adds a function with a handler.</summary>
    public OutputBuilder Function(string path, string config = NodeConfig) =>
        File($"functions/{path}.func/.vc-config.json", config)
            .File($"functions/{path}.func/index.js", "module.exports = () => {}");

    public OutputBuilder Prerender(string path, string config) => File($"functions/{path}.prerender-config.json", config);

    /// <summary>Writes a file of the output.</summary>
    public OutputBuilder File(string path, string content) => File(path, Encoding.UTF8.GetBytes(content));

    public OutputBuilder File(string path, byte[] content) => Write(Path.Join(Output, path), content);

    /// <summary>Writes a file of the project.</summary>
    public OutputBuilder ProjectFile(string path, string content = "source") =>
        Write(Path.Join(Project, path), Encoding.UTF8.GetBytes(content));

    /// <summary>Links a path of the output to whatever the text says.</summary>
    public OutputBuilder Link(string path, string target) => LinkAt(Path.Join(Output, path), target);

    public OutputBuilder ProjectLink(string path, string target) => LinkAt(Path.Join(Project, path), target);

    public OutputBuilder Delete(string path)
    {
        var full = Path.Join(Output, path);
        if (Directory.Exists(full))
            Directory.Delete(full, recursive: true);
        else
            System.IO.File.Delete(full);
        return this;
    }

    public BuildOutputOptions Options => new() { Directory = Project, StagingDirectory = Staging };

    public async Task<BuildOutputResult> ReadAsync(BuildOutputOptions? options = null) =>
        await BuildOutputReader.ReadAsync(options ?? Options, TestContext.Current.CancellationToken);

    /// <summary>Reads an output that must be sound.</summary>
    public async Task<Deployment> DeployAsync(BuildOutputOptions? options = null)
    {
        var result = await ReadAsync(options);
        Assert.Empty(result.Faults);
        return Assert.IsType<Deployment>(result.Deployment);
    }

    /// <summary>Reads an output that must have exactly one fault.</summary>
    public async Task<BuildOutputFault> FaultAsync(BuildOutputOptions? options = null)
    {
        var result = await ReadAsync(options);
        Assert.Null(result.Deployment);
        return Assert.Single(result.Faults);
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);

    private OutputBuilder Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return this;
    }

    private OutputBuilder LinkAt(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.CreateSymbolicLink(path, target);
        return this;
    }
}
