using Selvedge.Routing.Explain;

namespace Selvedge.Routing.Tests.Golden;

public sealed class GoldenTests
{
    // Checked only where a case names them; everything else a decision says must be expected.
    private static readonly string[] Optional = ["query", "path", "functionPath", "matches", "body"];

    public static TheoryData<string> Names => [.. GoldenFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Decision_OfACase_IsTheExpectedOne(string name)
    {
        var run = new GoldenRun(GoldenFiles.All[name]);
        var trace = new RouteTrace();

        var decision = await run.DecideAsync(trace);

        var expected = run.Expected();
        var story = string.Join(
            '\n',
            trace.Steps.Select(static step =>
                $"  {step.Kind} {step.Phase} {step.Route} {step.Src} on {step.Path}: {string.Join("; ", step.Effects)}"
            )
        );
        var actual = decision.Where(part => expected.ContainsKey(part.Key) || !Optional.Contains(part.Key));
        Assert.True(
            Sorted(expected) == Sorted(actual),
            $"Expected:\n{Sorted(expected)}\nActual:\n{Sorted(actual)}\nTrace:\n{story}"
        );
    }

    private static string Sorted(IEnumerable<KeyValuePair<string, string>> parts) =>
        string.Join(
            '\n',
            parts.OrderBy(static part => part.Key, StringComparer.Ordinal).Select(static part => $"{part.Key} = {part.Value}")
        );
}
