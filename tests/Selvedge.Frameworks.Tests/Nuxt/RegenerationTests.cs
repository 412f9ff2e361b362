namespace Selvedge.Frameworks.Tests.Nuxt;

/// <summary>Pages with an <c>isr</c> rule.</summary>
[Collection<NuxtClockedSite>]
public sealed class RegenerationTests(NuxtClockedSite site) : IsrContract(site, "/isr/", query: "")
{
    private readonly NuxtClockedSite _site = site;

    // The rule keeps what the browser asks for when it goes from page to page, too.
    [Fact]
    public async Task Payload_IsKept()
    {
        var payload = $"{NewPage()}/_payload.json";

        var first = await _site.GetAsync(payload);
        var second = await _site.GetAsync(payload);

        Assert.Equal((200, "MISS", "HIT"), (first.Status, first["x-vercel-cache"], second["x-vercel-cache"]));
        Assert.StartsWith("application/json", first["content-type"], StringComparison.Ordinal);
        Assert.Equal(first.Body, second.Body);
    }
}
