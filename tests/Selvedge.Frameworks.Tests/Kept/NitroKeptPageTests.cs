namespace Selvedge.Frameworks.Tests.Kept;

/// <summary>Nitro's route rule <c>isr</c>, which Nuxt's is too.</summary>
public sealed class NitroKeptPageTests() : KeptPageTests("nitro", "/isr/")
{
    [Fact]
    public async Task Page_WithoutExpiration_IsKept()
    {
        var first = await Site.GetAsync("/forever/warp");
        Site.Clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal(("HIT", Render.Of(first)), Render.See(await Site.GetAsync("/forever/warp")));
    }

    [Fact]
    public async Task Pages_OfTwoPathsAndQueries_AreKeptApart()
    {
        var answers = new[]
        {
            await Site.GetAsync("/isr-query/warp?color=red"),
            await Site.GetAsync("/isr-query/weft?color=red"),
            await Site.GetAsync("/isr-query/warp?color=blue"),
        };

        Assert.Equal(3, answers.Select(Render.Of).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("HIT", (await Site.GetAsync("/isr-query/warp?color=red&utm=x"))["x-vercel-cache"]);
    }
}
