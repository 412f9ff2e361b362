using System.Text.Json;
using Selvedge.Routing.Patterns;

namespace Selvedge.Routing.Tests.Patterns;

/// <summary>Patterns as the builders of frameworks write them, on paths that they are meant for and on others.</summary>
public sealed class BuilderPatternTests
{
    public static TheoryData<string, string, bool> Cases => [.. Read()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TryMatch_WithABuildersPattern_TellsItsPathsFromOthers(string src, string path, bool expected)
    {
        var pattern = PathPattern.Compile(src, caseSensitive: false, TimeSpan.FromMinutes(1));

        var result = pattern.TryMatch(path, capture: false, out _);

        Assert.Equal(expected ? MatchResult.Yes : MatchResult.No, result);
    }

    private static IEnumerable<TheoryDataRow<string, string, bool>> Read()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Patterns", "builders.json"))
        );
        foreach (var item in document.RootElement.Clone().EnumerateArray())
        {
            foreach (var path in item.GetProperty("matches").EnumerateArray())
                yield return (item.GetProperty("src").GetString()!, path.GetString()!, true);
            foreach (var path in item.GetProperty("others").EnumerateArray())
                yield return (item.GetProperty("src").GetString()!, path.GetString()!, false);
        }
    }
}
