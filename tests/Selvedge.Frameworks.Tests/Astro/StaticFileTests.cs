using System.Text.RegularExpressions;

namespace Selvedge.Frameworks.Tests.Astro;

[Collection<AstroSite>]
public sealed partial class StaticFileTests(AstroSite site)
{
    // This version of the adapter writes its rule for immutable assets behind the file system, where no file that
    // exists ever comes: on the platform too they are files like any other.
    [Fact]
    public async Task HashedAsset_KeepsTheBrowserAsking()
    {
        var page = await site.GetAsync("/");

        var answer = await site.GetAsync(AssetPath().Match(page.Body).Value);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("image/svg+xml", answer["content-type"], StringComparison.Ordinal);
        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
    }

    [Fact]
    public async Task PublicFile_IsServed()
    {
        var answer = await site.GetAsync("/textiles/hello.txt");

        Assert.Equal("A file of the public directory.\n", answer.Body);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
    }

    [GeneratedRegex("/_astro/cloth\\.[^\"]+\\.svg")]
    private static partial Regex AssetPath();
}
