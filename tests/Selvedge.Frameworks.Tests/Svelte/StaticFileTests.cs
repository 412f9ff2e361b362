using System.Text.RegularExpressions;

namespace Selvedge.Frameworks.Tests.Svelte;

[Collection<SvelteSite>]
public sealed partial class StaticFileTests(SvelteSite site)
{
    [Fact]
    public async Task HashedAsset_IsImmutable()
    {
        var page = await site.GetAsync("/");

        var answer = await site.GetAsync(AssetPath().Match(page.Body).Value);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("image/svg+xml", answer["content-type"], StringComparison.Ordinal);
        Assert.Equal("public, immutable, max-age=31536000", answer["cache-control"]);
    }

    [Fact]
    public async Task MissingAsset_Is404_NotAPage_AndNobodyKeepsIt()
    {
        var answer = await site.GetAsync("/_app/immutable/chunks/no-such-chunk.js");

        Assert.Equal(404, answer.Status);
        Assert.Equal("no-store", answer["cache-control"]);
        Assert.DoesNotContain("<html", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/textiles/hello.txt", "A file of the static directory.\n")]
    [InlineData("/_app/version.json", """{"version":"woven"}""")]
    public async Task OtherFile_KeepsTheBrowserAsking(string path, string body)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(body, answer.Body);
        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
    }

    [GeneratedRegex("/_app/immutable/assets/cloth\\.[^\"]+\\.svg")]
    private static partial Regex AssetPath();
}
