using Selvedge.Routing.Explain;

namespace Selvedge.Routing.Tests.Golden;

public sealed class GoldenTests(GoldenFiles files) : IClassFixture<GoldenFiles>
{
    // Checked only where a case names them; everything else a decision says must be expected.
    private static readonly string[] Optional = ["query", "path", "functionPath", "matches", "body"];

    public static TheoryData<string> Names => [.. GoldenFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Decision_OfACase_IsTheExpectedOne(string name)
    {
        var run = files.Run(name, remembering: false);
        var trace = new RouteTrace();

        var decision = await run.DecideAsync(trace);

        var expected = run.Expected();
        var actual = decision.Where(part => expected.ContainsKey(part.Key) || !Optional.Contains(part.Key));
        Assert.True(
            string.Equals(Sorted(expected), Sorted(actual), StringComparison.Ordinal),
            $"Expected:\n{Sorted(expected)}\nActual:\n{Sorted(actual)}\nTrace:\n{trace}"
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Decision_WhenRemembered_IsTheSame(string name)
    {
        var fresh = await files.Run(name, remembering: false).DecideAsync();

        var first = await files.Run(name, remembering: true).DecideAsync();
        var second = await files.Run(name, remembering: true).DecideAsync();

        Assert.Equal(Sorted(fresh), Sorted(first));
        Assert.Equal(Sorted(fresh), Sorted(second));
    }

    private static string Sorted(IEnumerable<KeyValuePair<string, string>> parts) =>
        string.Join(
            '\n',
            parts.OrderBy(static part => part.Key, StringComparer.Ordinal).Select(static part => $"{part.Key} = {part.Value}")
        );
}
