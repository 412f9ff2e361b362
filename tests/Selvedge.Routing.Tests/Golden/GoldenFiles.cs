using System.Text.Json;

namespace Selvedge.Routing.Tests.Golden;

/// <summary>All golden files, read once and compiled once for all tests.</summary>
public sealed class GoldenFiles
{
    private readonly Dictionary<string, GoldenDeployment> _deployments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GoldenDeployment> _remembering = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GoldenCase> _cases = new(StringComparer.Ordinal);

    public GoldenFiles()
    {
        foreach (var (name, deployment) in Deployments())
        {
            _deployments.Add(name, new GoldenDeployment(deployment, memorySize: 0));
            _remembering.Add(name, new GoldenDeployment(deployment, memorySize: 64));
            foreach (var (caseName, item) in Cases(name, deployment))
                _cases.Add(caseName, new GoldenCase(name, item));
        }
    }

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<string> Names =>
        Deployments().SelectMany(static deployment => Cases(deployment.Name, deployment.Value)).Select(static item => item.Name);

    internal GoldenRun Run(string name, bool remembering) =>
        new(_cases[name], (remembering ? _remembering : _deployments)[_cases[name].Deployment]);

    private static IEnumerable<(string Name, JsonElement Value)> Deployments()
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        foreach (
            var file in Directory
                .GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.json")
                .Order(StringComparer.Ordinal)
        )
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), options);
            foreach (var deployment in document.RootElement.Clone().EnumerateArray())
                yield return (
                    $"{Path.GetFileNameWithoutExtension(file)}: {deployment.GetProperty("about").GetString()}",
                    deployment
                );
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> Cases(string deployment, JsonElement value) =>
        value
            .GetProperty("cases")
            .EnumerateArray()
            .Select(item => ($"{deployment}: {item.GetProperty("name").GetString()}", item));
}
