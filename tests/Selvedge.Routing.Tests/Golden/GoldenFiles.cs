using System.Text.Json;

namespace Selvedge.Routing.Tests.Golden;

/// <summary>Reads the golden files.</summary>
internal static class GoldenFiles
{
    public static IReadOnlyDictionary<string, GoldenCase> All { get; } = ReadAll();

    private static Dictionary<string, GoldenCase> ReadAll()
    {
        var cases = new Dictionary<string, GoldenCase>(StringComparer.Ordinal);
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        foreach (
            var file in Directory
                .GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.json")
                .Order(StringComparer.Ordinal)
        )
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), options);
            foreach (var deployment in document.RootElement.Clone().EnumerateArray())
            {
                var about = deployment.GetProperty("about").GetString();
                var outputs = deployment
                    .GetProperty("outputs")
                    .EnumerateArray()
                    .Select(static item => item.GetString()!)
                    .ToList();
                foreach (var item in deployment.GetProperty("cases").EnumerateArray())
                {
                    var name = $"{Path.GetFileNameWithoutExtension(file)}: {about}: {item.GetProperty("name").GetString()}";
                    cases.Add(name, new GoldenCase(name, deployment, outputs, item));
                }
            }
        }

        return cases;
    }
}
