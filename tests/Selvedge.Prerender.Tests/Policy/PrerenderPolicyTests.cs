using System.Globalization;
using Selvedge.BuildOutput;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Purging;
using Selvedge.Prerender.Policy;

namespace Selvedge.Prerender.Tests.Policy;

public sealed class PrerenderPolicyTests
{
    private static readonly TimeSpan?[] Times =
    [
        null,
        .. new[] { 0, 1, 10, 60, 61 }.Select(s => (TimeSpan?)TimeSpan.FromSeconds(s)),
    ];

    public static TheoryData<string> Decisions =>
        [.. Lines("decisions.golden").Where(line => line.Length > 0 && !line.StartsWith('#'))];

    public static TheoryData<string> Storings =>
        [
            .. string.Join('\n', Lines("storing.golden").Where(line => !line.StartsWith('#')))
                .Split("\n\n")
                .Where(c => c.Trim().Length > 0),
        ];

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Decide_Case_IsAsWritten(string line)
    {
        var (question, expected) = (line.Split(" => ")[0], line.Split(" => ")[1]);
        var parts = question.Split(" | ");
        var demand = parts[0] switch
        {
            "visit" => PrerenderDemand.Visit,
            "revalidate" => PrerenderDemand.Revalidate,
            _ => PrerenderDemand.RevalidateIfGenerated,
        };

        Assert.Equal(expected, PrerenderPolicy.Decide(demand, EntryOf(parts[1])).ToString());
    }

    [Theory]
    [MemberData(nameof(Storings))]
    public void Judge_Case_IsAsWritten(string text)
    {
        var lines = text.Trim().Split('\n');
        var fields = lines[2..^1].Select(line => new KeyValuePair<string, string>(line.Split(": ")[0], line.Split(": ", 2)[1]));
        var config = new PrerenderConfig { Expiration = TimeSpan.FromSeconds(10), StaleExpiration = TimeSpan.FromSeconds(60) };

        var judgement = PrerenderPolicy.Judge(int.Parse(lines[1], CultureInfo.InvariantCulture), [.. fields], config);

        var actual =
            judgement.Reason is NotStored.None
                ? $"fresh {judgement.Expiration?.TotalSeconds} s, gone {judgement.StaleExpiration?.TotalSeconds} s"
                : judgement.Reason.ToString();
        Assert.Equal(lines[^1][3..], actual);
    }

    [Fact]
    public void Decide_OverAllEntries_NeverAnswersWithWhatWasPurgedHard()
    {
        var answers = AllEntries()
            .Where(entry => entry.Purged is PurgeKind.Hard)
            .Select(entry => PrerenderPolicy.Decide(PrerenderDemand.Visit, entry));

        Assert.All(answers, action => Assert.Equal(PrerenderAction.Wait, action));
    }

    [Fact]
    public void Decide_OverAllEntries_NeverGetsFresherWithAge()
    {
        foreach (var entry in AllEntries().Where(entry => !entry.IsHeld))
        {
            var older = entry with { Age = entry.Age + TimeSpan.FromSeconds(1) };

            // Answer, then stale, then wait: the order of what happens to an entry that only grows older.
            Assert.True(Rank(older) >= Rank(entry), $"{entry} → {older}");
        }
    }

    [Fact]
    public void Decide_OverAllEntries_NeverMakesAClientWaitWhileARenderIsHeld()
    {
        var held = AllEntries().Where(entry => entry is { IsHeld: true, Purged: not PurgeKind.Hard });

        Assert.All(held, entry => Assert.NotEqual(PrerenderAction.Wait, PrerenderPolicy.Decide(PrerenderDemand.Visit, entry)));
    }

    [Fact]
    public void PauseAfter_MoreFailures_GrowsToAMinute()
    {
        var pauses = Enumerable.Range(1, 40).Select(failures => PrerenderPolicy.PauseAfter(failures).TotalSeconds).ToList();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses[..8]);
        Assert.Equal(60, pauses[^1]);
    }

    private static int Rank(EntryFacts entry) =>
        PrerenderPolicy.Decide(PrerenderDemand.Visit, entry) switch
        {
            PrerenderAction.Answer or PrerenderAction.AnswerWithShell => 0,
            PrerenderAction.AnswerAndRegenerate => 1,
            _ => 2,
        };

    private static IEnumerable<EntryFacts> AllEntries() =>
        from age in Times
        from expiration in Times
        from stale in Times
        from purged in Enum.GetValues<PurgeKind>()
        from isShell in (bool[])[false, true]
        from isHeld in (bool[])[false, true]
        select new EntryFacts(age ?? TimeSpan.FromDays(400), expiration, stale, purged, isShell, isHeld);

    private static EntryFacts? EntryOf(string text)
    {
        if (text == "none")
            return null;
        var words = text.Split(' ');
        return new EntryFacts(
            Seconds(words[0])!.Value,
            Seconds(words[1]),
            Seconds(words[2]),
            words.Contains("hard") ? PurgeKind.Hard
                : words.Contains("soft") ? PurgeKind.Soft
                : PurgeKind.None,
            words.Contains("shell"),
            words.Contains("held")
        );
    }

    private static TimeSpan? Seconds(string text) =>
        text == "-" ? null : TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture));

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Policy", file));
}
